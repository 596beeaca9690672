package org.altmin.linalg;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A scalar expression, the language in which activations, losses, regularisers and solvers say what is computed for
 * each element, so that a backend that has never heard of them can run them.
 *
 * <p>Expressions are immutable and shared freely: an expression that occurs several times in another is evaluated once.
 * Arithmetic is IEEE 754 in the precision of the {@link Kernel}; every operation defines its result for ±0, ±∞ and NaN.
 * A condition is <em>true</em> when it is greater than zero; NaN is false.
 */
public sealed interface Expr {

    /** The value of input {@code index} at the current element; smaller inputs are broadcast. */
    record Input(int index) implements Expr {
        public Input {
            requireIndex(index, "input");
        }
    }

    /** The scalar parameter {@code index} of the call. */
    record Parameter(int index) implements Expr {
        public Parameter {
            requireIndex(index, "parameter");
        }
    }

    /** The same number for all elements. */
    record Constant(double value) implements Expr {
    }

    /** An operation on x. */
    record Unary(UnaryOperation operation, Expr x) implements Expr {
        public Unary {
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(x, "x");
        }
    }

    /** An operation on x and y, in this order. */
    record Binary(BinaryOperation operation, Expr x, Expr y) implements Expr {
        public Binary {
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(x, "x");
            Objects.requireNonNull(y, "y");
        }
    }

    /** Exactly {@code whenTrue} or exactly {@code whenFalse}, whatever the other one is. */
    record Select(Expr condition, Expr whenTrue, Expr whenFalse) implements Expr {
        public Select {
            Objects.requireNonNull(condition, "condition");
            Objects.requireNonNull(whenTrue, "whenTrue");
            Objects.requireNonNull(whenFalse, "whenFalse");
        }
    }

    /** The reduction of {@code x} over the column that holds the current element: the way columns are coupled. */
    record ColumnReduce(Reduction reduction, Expr x) implements Expr {
        public ColumnReduce {
            Objects.requireNonNull(reduction, "reduction");
            Objects.requireNonNull(x, "x");
        }
    }

    /** The value of state {@code index} inside the body of the nearest enclosing {@link Iteration}. */
    record State(int index) implements Expr {
        public State {
            requireIndex(index, "state");
        }
    }

    /** State {@code index} after the last round of {@code iteration}. */
    record Result(Iteration iteration, int index) implements Expr {
        public Result {
            Objects.requireNonNull(iteration, "iteration");
            Objects.checkIndex(index, iteration.initial().size());
        }
    }

    /**
     * {@code rounds} simultaneous updates {@code state ← next(state)} from {@code initial}. The body may use inputs,
     * parameters and its own states; what it needs of an enclosing iteration's states is passed in through
     * {@code initial}. Parts of the body that use no state are evaluated once.
     */
    record Iteration(int rounds, List<Expr> initial, List<Expr> next) {
        public Iteration {
            if (rounds < 1) {
                throw new IllegalArgumentException("rounds must be at least 1, not " + rounds);
            }
            initial = List.copyOf(initial);
            next = List.copyOf(next);
            if (initial.isEmpty() || initial.size() != next.size()) {
                throw new IllegalArgumentException("an iteration needs as many next values as initial ones, not "
                        + next.size() + " for " + initial.size());
            }
        }

        public Expr result(int index) {
            return new Result(this, index);
        }
    }

    static Expr input(int index) {
        return new Input(index);
    }

    static Expr parameter(int index) {
        return new Parameter(index);
    }

    static Expr constant(double value) {
        return new Constant(value);
    }

    static Expr state(int index) {
        return new State(index);
    }

    static Expr select(Expr condition, Expr whenTrue, Expr whenFalse) {
        return new Select(condition, whenTrue, whenFalse);
    }

    /** {@code rounds} applications of a body to one state. */
    static Expr iterate(int rounds, Expr initial, UnaryOperator<Expr> body) {
        return new Iteration(rounds, List.of(initial), List.of(body.apply(state(0)))).result(0);
    }

    static Expr columnSum(Expr x) {
        return new ColumnReduce(Reduction.SUM, x);
    }

    static Expr columnMax(Expr x) {
        return new ColumnReduce(Reduction.MAX, x);
    }

    default Expr plus(Expr y) {
        return new Binary(BinaryOperation.ADD, this, y);
    }

    default Expr plus(double y) {
        return plus(constant(y));
    }

    default Expr minus(Expr y) {
        return new Binary(BinaryOperation.SUBTRACT, this, y);
    }

    default Expr minus(double y) {
        return minus(constant(y));
    }

    default Expr times(Expr y) {
        return new Binary(BinaryOperation.MULTIPLY, this, y);
    }

    default Expr times(double y) {
        return times(constant(y));
    }

    default Expr dividedBy(Expr y) {
        return new Binary(BinaryOperation.DIVIDE, this, y);
    }

    default Expr dividedBy(double y) {
        return dividedBy(constant(y));
    }

    /** The rules of {@link Math#min(double, double)}: NaN wins, −0 is below +0. */
    default Expr min(Expr y) {
        return new Binary(BinaryOperation.MIN, this, y);
    }

    default Expr min(double y) {
        return min(constant(y));
    }

    /** The rules of {@link Math#max(double, double)}: NaN wins, +0 is above −0. */
    default Expr max(Expr y) {
        return new Binary(BinaryOperation.MAX, this, y);
    }

    default Expr max(double y) {
        return max(constant(y));
    }

    /** 1 where {@code this < y}, else 0. */
    default Expr lessThan(Expr y) {
        return new Binary(BinaryOperation.LESS, this, y);
    }

    default Expr lessThan(double y) {
        return lessThan(constant(y));
    }

    /** 1 where {@code this ≤ y}, else 0. */
    default Expr atMost(Expr y) {
        return new Binary(BinaryOperation.LESS_OR_EQUAL, this, y);
    }

    default Expr atMost(double y) {
        return atMost(constant(y));
    }

    /** 1 where {@code this > y}, else 0. */
    default Expr greaterThan(Expr y) {
        return y.lessThan(this);
    }

    default Expr greaterThan(double y) {
        return greaterThan(constant(y));
    }

    /** 1 where {@code this ≥ y}, else 0. */
    default Expr atLeast(Expr y) {
        return y.atMost(this);
    }

    default Expr atLeast(double y) {
        return atLeast(constant(y));
    }

    /** 1 where {@code this = y}, else 0; +0 equals −0, NaN equals nothing. */
    default Expr equalTo(Expr y) {
        return new Binary(BinaryOperation.EQUAL, this, y);
    }

    default Expr equalTo(double y) {
        return equalTo(constant(y));
    }

    default Expr negate() {
        return new Unary(UnaryOperation.NEGATE, this);
    }

    default Expr abs() {
        return new Unary(UnaryOperation.ABS, this);
    }

    default Expr sqrt() {
        return new Unary(UnaryOperation.SQRT, this);
    }

    default Expr exp() {
        return new Unary(UnaryOperation.EXP, this);
    }

    default Expr expm1() {
        return new Unary(UnaryOperation.EXPM1, this);
    }

    default Expr log() {
        return new Unary(UnaryOperation.LOG, this);
    }

    default Expr log1p() {
        return new Unary(UnaryOperation.LOG1P, this);
    }

    default Expr tanh() {
        return new Unary(UnaryOperation.TANH, this);
    }

    /**
     * The logistic function, 1/(1 + e<sup>-x</sup>). In float32 a backend may be off by 2·10⁻⁷, which is much in
     * proportion where x is far below 0; there e<sup>x</sup> is the better form.
     */
    default Expr logistic() {
        return new Unary(UnaryOperation.LOGISTIC, this);
    }

    default Expr square() {
        return times(this);
    }

    /** min(max(this, lower), upper). */
    default Expr clamp(Expr lower, Expr upper) {
        return max(lower).min(upper);
    }

    private static void requireIndex(int index, String what) {
        if (index < 0) {
            throw new IllegalArgumentException(what + " index must not be negative, but is " + index);
        }
    }
}
