package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bounded iterations: one or several states, nesting, what is moved out of the loop, coupled columns inside. */
abstract class IterationChecks extends BackendChecks {

    private static final int COLUMNS = 57;

    IterationChecks(LinearAlgebraContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void iteratesOneState(Precision precision) {
        Expr target = Expr.input(0).abs().plus(0.1);
        Expr root = Expr.iterate(7, Expr.constant(1), s -> s.plus(target.dividedBy(s)).times(0.5));
        assertMapped(precision, root);
        assertMapped(precision, root.minus(target.sqrt()));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void updatesSeveralStatesTogether(Precision precision) {
        Expr a = Expr.state(0);
        Expr b = Expr.state(1);
        Expr c = Expr.state(2);
        Expr.Iteration fibonacci = new Expr.Iteration(9, List.of(Expr.input(0), Expr.input(1)), List.of(b, a.plus(b)));
        assertMapped(precision, fibonacci.result(0));
        assertMapped(precision, fibonacci.result(1));
        assertMapped(precision, fibonacci.result(0).minus(fibonacci.result(1)));
        Expr.Iteration rotation = new Expr.Iteration(4, List.of(Expr.input(0), Expr.input(1), Expr.constant(5)),
                List.of(b, c, a));
        assertMapped(precision, rotation.result(0).times(rotation.result(1)).minus(rotation.result(2)));
        Expr.Iteration swap = new Expr.Iteration(3, List.of(Expr.input(0), Expr.input(1)), List.of(b, a));
        assertMapped(precision, swap.result(1));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void bisects(Precision precision) {
        Expr low = Expr.state(0);
        Expr high = Expr.state(1);
        Expr middle = low.plus(high).times(0.5);
        Expr above = middle.times(middle).times(middle).greaterThan(Expr.input(0));
        Expr.Iteration bisection = new Expr.Iteration(40, List.of(Expr.constant(-10), Expr.constant(10)),
                List.of(Expr.select(above, low, middle), Expr.select(above, middle, high)));
        assertMapped(precision, bisection.result(0));
        assertMapped(precision, bisection.result(0).plus(bisection.result(1)));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void nestsIterations(Precision precision) {
        Expr inner = Expr.iterate(3, Expr.state(0), s -> s.times(0.5).plus(Expr.input(1)));
        Expr outer = new Expr.Iteration(4, List.of(Expr.input(0)), List.of(inner.minus(Expr.state(0)))).result(0);
        assertMapped(precision, outer);
        Expr carried = new Expr.Iteration(2, List.of(Expr.state(0), Expr.state(1)),
                List.of(Expr.state(0).plus(Expr.state(1)), Expr.state(1).times(0.75))).result(0);
        Expr.Iteration both = new Expr.Iteration(3, List.of(Expr.input(0), Expr.input(1)),
                List.of(carried, Expr.state(0).times(0.25)));
        assertMapped(precision, both.result(0).plus(both.result(1)));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void keepsWhatIsMovedOutOfTheLoop(Precision precision) {
        Expr shared = Expr.input(0).times(Expr.input(1)).plus(Expr.parameter(0));
        Expr loop = Expr.iterate(5, shared, s -> s.times(0.5).plus(shared).plus(Expr.input(0).abs().sqrt()));
        assertMapped(precision, loop.plus(shared));
        Expr later = Expr.iterate(5, loop, s -> s.minus(shared.times(loop)).times(0.125));
        assertMapped(precision, later.plus(loop).plus(Expr.input(0)));
        assertMapped(precision, Expr.iterate(4, Expr.input(0), s -> Expr.input(1)));
        assertMapped(precision, Expr.iterate(4, Expr.input(0), s -> s));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void iteratesOverCoupledColumns(Precision precision) {
        Expr normalised = Expr.iterate(3, Expr.input(0), s -> s.minus(Expr.columnMax(s)).times(0.5)
                .plus(Expr.columnMax(Expr.input(1))));
        assertMapped(precision, normalised);
        Expr nested = Expr.iterate(2, Expr.input(0), s -> Expr.iterate(2, s.minus(Expr.columnMax(s.negate())),
                t -> t.max(Expr.columnMax(t.times(0.5)))));
        assertMapped(precision, nested.minus(Expr.columnMax(nested)));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void keepsManyValuesAlive(Precision precision) {
        Expr sum = Expr.constant(0);
        Expr product = Expr.constant(1);
        for (int k = 0; k < 40; k++) {
            Expr term = Expr.input(0).plus(k).times(Expr.input(1).minus(k));
            sum = sum.plus(term);
            product = product.times(0.5).plus(term.times(sum));
        }
        assertMapped(precision, sum.dividedBy(product));
    }

    private void assertMapped(Precision precision, Expr expr) {
        double[] parameters = {0.75};
        for (int rows : new int[] {1, 10, 1000}) {
            List<Dense> inputs = List.of(random(precision, rows, COLUMNS, 1), random(precision, rows, COLUMNS, 2));
            Matrix output = zeros(precision, rows, COLUMNS);
            Kernel kernel = Kernel.map(expr);
            la(precision).map(output, kernel, parameters, matrix(precision, inputs.get(0)),
                    matrix(precision, inputs.get(1)));
            Dense expected = Dense.of(expr, precision, rows, COLUMNS, parameters, inputs);
            assertThat(expected.values()).as("a reference that tells something").doesNotContain(Double.NaN);
            Agreement.assertIdentical(kernel.toString(), expected, Dense.of(output));
            release();
        }
    }
}
