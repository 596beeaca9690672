package org.altmin.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.altmin.linalg.spi.Instruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {

    private static final Expr X = Expr.input(0);
    private static final Expr Y = Expr.input(1);
    private static final double[] NONE = {};

    @Test
    void commonSubexpressionsAreEvaluatedOnce() {
        Expr once = X.plus(Y).exp();
        Expr again = Expr.input(0).plus(Expr.input(1)).exp();
        Kernel kernel = Kernel.builder().output(once.times(again)).sum(again).build();
        assertThat(kernel.instructions()).hasSize(5);
        assertThat(count(kernel.instructions(), Instruction.Input.class)).isEqualTo(2);
        assertThat(count(kernel.instructions(), Instruction.Unary.class)).isEqualTo(1);
    }

    @Test
    void operandsAreNotSwapped() {
        Kernel kernel = Kernel.map(X.minus(Y).times(Y.minus(X)));
        assertThat(count(kernel.instructions(), Instruction.Binary.class)).isEqualTo(3);
    }

    @Test
    void constantsAreMergedByTheirBits() {
        Kernel kernel = Kernel.map(X.plus(0.0).plus(-0.0).plus(0.0).times(Double.NaN).times(Double.NaN));
        assertThat(kernel.uniforms()).hasSize(3).allMatch(Instruction.Constant.class::isInstance);
        assertThat(ScalarProgram.run(Kernel.map(Expr.constant(-0.0)), NONE)[0]).isEqualTo(Double.valueOf(-0.0));
        assertThat(Kernel.map(Expr.constant(0.0))).isNotEqualTo(Kernel.map(Expr.constant(-0.0)))
                .isEqualTo(Kernel.map(Expr.constant(0.0)));
    }

    @Test
    void uniformsAreTakenOutOfTheInstructions() {
        Kernel kernel = Kernel.map(Expr.iterate(2, X, s -> s.times(Expr.parameter(3)).plus(2)));
        assertThat(kernel.uniforms()).hasSize(2);
        assertThat(kernel.instructions()).hasSize(2);
        assertThat(kernel.parameters()).isEqualTo(4);
    }

    @Test
    void whatIsComputedFromUniformsAloneIsOneItself() {
        Expr weight = Expr.parameter(0);
        Expr share = Expr.constant(1).dividedBy(weight.plus(1));
        Expr chosen = Expr.select(weight.lessThan(2), share, weight.sqrt());
        Kernel kernel = Kernel.map(Expr.iterate(3, X, s -> s.times(chosen).plus(share)));
        assertThat(kernel.instructions()).hasSize(2);
        assertThat(((Instruction.Loop) kernel.instructions().get(1)).body()).hasSize(2);
        double[] parameters = {1};
        assertThat(ScalarProgram.run(kernel, parameters, 8)[kernel.outputs().get(0)]).isEqualTo(1.875);
    }

    @Test
    void aColumnsSumOfAUniformIsNone() {
        Kernel kernel = Kernel.map(Expr.columnSum(Expr.parameter(0)));
        assertThat(kernel.uniforms()).hasSize(1);
        assertThat(kernel.columnCoupled()).isTrue();
    }

    @Test
    void aConditionBecomesADifferenceThatIsPositiveWhereItIsTrue() {
        Kernel less = Kernel.map(Expr.select(X.lessThan(Y), Expr.constant(1), Expr.constant(2)));
        Kernel positive = Kernel.map(Expr.select(X.greaterThan(0), Expr.constant(1), Expr.constant(2)));
        assertThat(count(less.instructions(), Instruction.Binary.class)).isEqualTo(1);
        assertThat(count(positive.instructions(), Instruction.Binary.class)).isZero();
        double[] values = {0, -0.0, 1, Math.nextUp(1.0), Double.MIN_VALUE, 2 * Double.MIN_VALUE, -Double.MIN_VALUE,
            Double.MAX_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
        for (double x : values) {
            assertThat(run(positive, x, 0)).as("0 < %s", x).isEqualTo(0 < x ? 1 : 2);
            for (double y : values) {
                assertThat(run(less, x, y)).as("%s < %s", x, y).isEqualTo(x < y ? 1 : 2);
            }
        }
    }

    @Test
    void whatDoesNotDependOnTheStatesLeavesTheLoop() {
        Expr invariant = X.exp().plus(Y);
        Kernel kernel = Kernel.map(Expr.iterate(5, X, s -> s.times(invariant).plus(Y.log())));
        Instruction.Loop loop = (Instruction.Loop) kernel.instructions().get(kernel.instructions().size() - 1);
        assertThat(loop.body()).hasSize(2).allMatch(Instruction.Binary.class::isInstance);
        assertThat(loop.rounds()).isEqualTo(5);
        assertThat(count(kernel.instructions(), Instruction.Unary.class)).isEqualTo(2);
    }

    @Test
    void whatDoesNotDependOnTheStatesLeavesNestedLoops() {
        Expr inner = Expr.iterate(3, Expr.state(0), s -> s.plus(X.exp()));
        Kernel kernel = Kernel.map(new Expr.Iteration(2, List.of(Y), List.of(inner)).result(0));
        Instruction.Loop outer = (Instruction.Loop) kernel.instructions().get(kernel.instructions().size() - 1);
        Instruction.Loop nested = (Instruction.Loop) outer.body().get(0);
        assertThat(nested.body()).hasSize(1);
        assertThat(count(kernel.instructions(), Instruction.Unary.class)).isEqualTo(1);
        assertThat(run(kernel, 0, 1)).isEqualTo(7);
    }

    @Test
    void resultsOfOneIterationShareItsLoop() {
        Expr.Iteration swap = new Expr.Iteration(3, List.of(X, Y), List.of(Expr.state(1), Expr.state(0)));
        Kernel kernel = Kernel.map(swap.result(0).minus(swap.result(1)));
        assertThat(count(kernel.instructions(), Instruction.Loop.class)).isEqualTo(1);
        assertThat(run(kernel, 5, 2)).isEqualTo(-3);
    }

    @Test
    void registersAreReused() {
        Expr chain = X;
        for (int k = 0; k < 50; k++) {
            chain = chain.exp().plus(X);
        }
        assertThat(Kernel.map(chain).registers()).isEqualTo(2);
        Expr sum = X.exp();
        for (int k = 0; k < 50; k++) {
            sum = sum.plus(Y.times(k).exp());
        }
        Kernel kernel = Kernel.map(sum);
        assertThat(kernel.registers()).isLessThanOrEqualTo(kernel.uniforms().size() + 4);
    }

    @Test
    void registersOfUniformsAreNeverWritten() {
        for (int seed = 0; seed < 200; seed++) {
            Kernel kernel = Kernel.map(new RandomExpr(seed).next(1, 20).get(0));
            Set<Integer> uniforms = new HashSet<>();
            kernel.uniforms().forEach(uniform -> uniforms.add(uniform.target()));
            uniforms.retainAll(targets(kernel.instructions()));
            assertThat(uniforms).as("uniforms that %s writes", kernel).isEmpty();
        }
    }

    @Test
    void deepSharingDoesNotBlowUp() {
        Expr power = X;
        for (int k = 0; k < 60; k++) {
            power = power.plus(power);
        }
        Kernel kernel = Kernel.map(power);
        assertThat(kernel.instructions()).hasSize(61);
        assertThat(kernel.registers()).isEqualTo(1);
        assertThat(run(kernel, 3, 0)).isEqualTo(3 * 0x1p60);
    }

    @Test
    void deepSharingInIterationsDoesNotBlowUp() {
        Expr nested = X;
        for (int k = 0; k < 30; k++) {
            Expr before = nested;
            nested = new Expr.Iteration(1, List.of(before, before), List.of(Expr.state(0).plus(Expr.state(1)),
                    Expr.state(0))).result(0);
        }
        Kernel kernel = Kernel.map(nested);
        assertThat(count(kernel.instructions(), Instruction.Loop.class)).isEqualTo(30);
        assertThat(run(kernel, 1, 0)).isEqualTo(0x1p30);
    }

    @Test
    void equalProgramsAreEqual() {
        Kernel one = Kernel.map(X.plus(Y).tanh());
        Kernel same = Kernel.map(Expr.input(0).plus(Expr.input(1)).tanh());
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one).isNotEqualTo(Kernel.map(X.minus(Y).tanh())).isNotEqualTo(Kernel.sum(X.plus(Y).tanh()))
                .isNotEqualTo(Kernel.builder().output(X.plus(Y).tanh()).inDouble().build())
                .isNotEqualTo(Kernel.map(Y.plus(X).tanh()));
        assertThat(Kernel.reduce(Reduction.MAX, X)).isNotEqualTo(Kernel.reduce(Reduction.SUM, X));
        assertThat(Kernel.map(Expr.iterate(3, X, Expr::exp))).isNotEqualTo(Kernel.map(Expr.iterate(4, X, Expr::exp)))
                .isEqualTo(Kernel.map(Expr.iterate(3, X, Expr::exp)));
    }

    @Test
    void countsInputsAndParametersInsideLoops() {
        Kernel kernel = Kernel.map(Expr.iterate(2, X, s -> Expr.select(s, Expr.input(4), Expr.parameter(2).times(s))));
        assertThat(kernel.inputs()).isEqualTo(5);
        assertThat(kernel.parameters()).isEqualTo(3);
        assertThat(Kernel.map(Expr.constant(1)).inputs()).isZero();
    }

    @Test
    void knowsWhetherColumnsAreCoupled() {
        assertThat(Kernel.map(X.exp()).columnCoupled()).isFalse();
        assertThat(Kernel.map(Expr.columnSum(X)).columnCoupled()).isTrue();
        assertThat(Kernel.map(Expr.iterate(2, X, s -> s.minus(Expr.columnMax(s)))).columnCoupled()).isTrue();
        assertThat(Kernel.map(X).inDouble()).isFalse();
        assertThat(Kernel.builder().output(X).inDouble().build().inDouble()).isTrue();
    }

    @Test
    void refusesAStateOutsideItsIteration() {
        assertThatThrownBy(() -> Kernel.map(Expr.state(0).plus(X))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("state");
        assertThatThrownBy(() -> Kernel.map(Expr.iterate(2, Expr.state(0), s -> s)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Kernel.map(Expr.iterate(2, X, s -> s.plus(Expr.state(1)))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("state 1");
    }

    @Test
    void refusesWhatIsNoProgram() {
        assertThatThrownBy(() -> Kernel.builder().build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Expr.iterate(0, X, s -> s)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
        assertThatThrownBy(() -> new Expr.Iteration(1, List.of(X), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Expr.input(-1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new Expr.Iteration(1, List.of(X), List.of(X)).result(1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** The program computes what the expressions say, whatever registers it reuses. */
    @ParameterizedTest
    @ValueSource(ints = {3, 10, 30, 80})
    void programsComputeTheirExpressions(int size) {
        double[] parameters = {0.75};
        for (int seed = 0; seed < 500; seed++) {
            List<Expr> exprs = new RandomExpr(seed).next(3, size);
            Kernel kernel = Kernel.builder().output(exprs.get(0)).output(exprs.get(1)).sum(exprs.get(2)).build();
            List<Integer> registers = new ArrayList<>(kernel.outputs());
            registers.add(kernel.totals().get(0).register());
            for (double[] inputs : new double[][] {{0.3, -2}, {-0.0, 5}, {Double.NaN, 1}}) {
                double[] results = ScalarProgram.run(kernel, parameters, inputs);
                for (int k = 0; k < 3; k++) {
                    assertThat(results[registers.get(k)]).as("seed %d, expression %d: %s", seed, k, kernel)
                            .isEqualTo(Double.valueOf(ScalarExpr.evaluate(exprs.get(k), parameters, inputs)));
                }
            }
        }
    }

    private static double run(Kernel kernel, double... inputs) {
        return ScalarProgram.run(kernel, NONE, inputs)[kernel.outputs().get(0)];
    }

    private static long count(List<Instruction> program, Class<? extends Instruction> type) {
        long count = 0;
        for (Instruction instruction : program) {
            count += type.isInstance(instruction) ? 1 : 0;
            count += instruction instanceof Instruction.Loop loop ? count(loop.body(), type) : 0;
        }
        return count;
    }

    private static Set<Integer> targets(List<Instruction> program) {
        Set<Integer> result = new HashSet<>();
        for (Instruction instruction : program) {
            if (instruction instanceof Instruction.Loop loop) {
                result.addAll(loop.states());
                result.addAll(targets(loop.body()));
            } else {
                result.add(instruction.target());
            }
        }
        return result;
    }
}
