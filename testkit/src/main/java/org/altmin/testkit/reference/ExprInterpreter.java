package org.altmin.testkit.reference;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;

/**
 * Evaluates an {@link Expr} over one column by walking it. It knows nothing of kernels, so it also checks how a
 * {@link org.altmin.linalg.Kernel} was made from the expression.
 *
 * <p>With {@link Precision#FLOAT32} every operation is done in double and rounded to float, which for
 * + − × ÷ √ is what float arithmetic gives, bit for bit.
 */
public final class ExprInterpreter {

    private final Precision precision;
    private final int rows;
    private final double[] parameters;
    private final double[][] inputs;

    private ExprInterpreter(Precision precision, int rows, double[] parameters, double[][] inputs) {
        this.precision = precision;
        this.rows = rows;
        this.parameters = parameters;
        this.inputs = inputs;
    }

    /**
     * @param precision of every operation
     * @param rows elements of the column
     * @param parameters of the call
     * @param inputs of the column: {@code rows} elements each, or one, which is broadcast
     * @return the expression's {@code rows} values
     */
    public static double[] evaluate(Expr expr, Precision precision, int rows, double[] parameters,
            double[]... inputs) {
        return new ExprInterpreter(precision, rows, parameters, inputs).value(expr, new Scope(new double[0][]));
    }

    /** As {@link #evaluate(Expr, Precision, int, double[], double[]...)} in double, for inputs of one length. */
    public static double[] evaluate(Expr expr, double[]... inputs) {
        int rows = Arrays.stream(inputs).mapToInt(input -> input.length).max().orElse(1);
        return evaluate(expr, Precision.FLOAT64, rows, new double[0], inputs);
    }

    /** One body of an iteration, or the outermost level; what has been evaluated in it is kept. */
    private static final class Scope {
        final double[][] states;
        final Map<Expr, double[]> values = new IdentityHashMap<>();
        final Map<Expr.Iteration, double[][]> results = new IdentityHashMap<>();

        Scope(double[][] states) {
            this.states = states;
        }
    }

    private double[] value(Expr expr, Scope scope) {
        double[] known = scope.values.get(expr);
        if (known == null) {
            known = compute(expr, scope);
            scope.values.put(expr, known);
        }
        return known;
    }

    private double[] compute(Expr expr, Scope scope) {
        if (expr instanceof Expr.Input e) {
            double[] input = inputs[e.index()];
            return input.length == rows ? input : constant(input[0]);
        } else if (expr instanceof Expr.Parameter e) {
            return constant(rounded(parameters[e.index()]));
        } else if (expr instanceof Expr.Constant e) {
            return constant(rounded(e.value()));
        } else if (expr instanceof Expr.Unary e) {
            return unary(e, value(e.x(), scope));
        } else if (expr instanceof Expr.Binary e) {
            return binary(e, value(e.x(), scope), value(e.y(), scope));
        } else if (expr instanceof Expr.Select e) {
            return select(value(e.condition(), scope), value(e.whenTrue(), scope), value(e.whenFalse(), scope));
        } else if (expr instanceof Expr.ColumnReduce e) {
            return constant(rounded(reduced(e.reduction(), value(e.x(), scope))));
        } else if (expr instanceof Expr.State e) {
            return scope.states[e.index()];
        }
        Expr.Result e = (Expr.Result) expr;
        double[][] states = scope.results.get(e.iteration());
        if (states == null) {
            states = iterate(e.iteration(), scope);
            scope.results.put(e.iteration(), states);
        }
        return states[e.index()];
    }

    private double[][] iterate(Expr.Iteration iteration, Scope outer) {
        double[][] states = values(iteration.initial(), outer);
        for (int round = 0; round < iteration.rounds(); round++) {
            states = values(iteration.next(), new Scope(states));
        }
        return states;
    }

    private double[][] values(List<Expr> exprs, Scope scope) {
        return exprs.stream().map(expr -> value(expr, scope)).toArray(double[][]::new);
    }

    private double[] unary(Expr.Unary expr, double[] x) {
        double[] result = new double[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = rounded(expr.operation().apply(x[i]));
        }
        return result;
    }

    private double[] binary(Expr.Binary expr, double[] x, double[] y) {
        double[] result = new double[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = rounded(expr.operation().apply(x[i], y[i]));
        }
        return result;
    }

    private double[] select(double[] condition, double[] whenTrue, double[] whenFalse) {
        double[] result = new double[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = condition[i] > 0 ? whenTrue[i] : whenFalse[i];
        }
        return result;
    }

    private static double reduced(Reduction reduction, double[] x) {
        double result = reduction == Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY;
        for (double value : x) {
            result = reduction == Reduction.SUM ? result + value : Math.max(result, value);
        }
        return result;
    }

    private double[] constant(double value) {
        double[] result = new double[rows];
        Arrays.fill(result, value);
        return result;
    }

    private double rounded(double value) {
        return precision == Precision.FLOAT32 ? (float) value : value;
    }
}
