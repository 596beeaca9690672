package org.altmin.linalg.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.cpu.CpuProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which kernels run on the matrices themselves, and that these give what registers give. */
class DirectMapTest {

    private static final Expr X = Expr.input(0);
    private static final Expr Y = Expr.input(1);
    private static final double[] PARAMETERS = {-0.7};

    static Stream<Arguments> kernels() {
        Expr p = Expr.parameter(0);
        Expr c = Expr.constant(0.3);
        List<Expr> single = List.of(X.plus(Y), X.minus(Y), X.times(Y), X.dividedBy(Y), X.min(Y), X.max(Y),
                X.lessThan(Y), X.plus(p), X.minus(p), p.minus(X), X.times(c), X.times(p.square()), X.dividedBy(c),
                c.dividedBy(X), X.min(0), X.max(0), c.max(X), X.negate(), X.abs(), X.sqrt(), X.exp(), X.tanh(),
                X.logistic(), X.plus(X));
        List<Arguments> result = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            for (Expr expr : single) {
                result.add(Arguments.of(precision, expr));
            }
        }
        return result.stream();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void givesWhatRegistersGive(Precision precision, Expr expr) {
        try (LinearAlgebra la = open(precision)) {
            Matrix x = random(la, 1, 70, 333);
            Matrix y = random(la, 2, 70, 333);
            Kernel kernel = Kernel.map(expr);
            Matrix target = la.allocateLike(x);
            assertThat(DirectMap.of(kernel, new Matrix[] {target}, numbers(kernel), new Matrix[] {x, y})).isPresent();
            la.map(target, kernel, PARAMETERS, x, y);
            // A total keeps a kernel from running directly.
            Matrix expected = la.allocateLike(x);
            Kernel withTotal = Kernel.builder().output(expr).sum(X).build();
            la.apply(withTotal, new Matrix[] {expected}, new double[1], PARAMETERS, x, y);
            assertThat(la.toArray(target)).isEqualTo(la.toArray(expected));
            la.map(x, kernel, PARAMETERS, x, y);
            assertThat(la.toArray(x)).as("in place").isEqualTo(la.toArray(expected));
        }
    }

    @Test
    void leavesTheRestToRegisters() {
        try (LinearAlgebra la = open(Precision.FLOAT32)) {
            Matrix x = random(la, 1, 5, 40);
            Matrix target = la.allocateLike(x);
            Kernel sum = Kernel.map(X.plus(Y));
            assertThat(isDirect(Kernel.map(X.plus(Y).times(2)), target, x, x)).as("two operations").isFalse();
            assertThat(isDirect(Kernel.map(X), target, x)).as("no operation").isFalse();
            assertThat(isDirect(sum, target, x, la.allocate(5, 1))).as("a column").isFalse();
            assertThat(isDirect(sum, target, x, la.allocate(1, 1))).as("a scalar").isFalse();
            assertThat(isDirect(Kernel.map(X.lessThan(0.5)), target, x)).as("comparison with a number").isFalse();
            Matrix wide = random(la, 3, 5, 50);
            assertThat(isDirect(sum, target, x, wide.columns(10, 50))).as("another place").isFalse();
            assertThat(isDirect(sum, wide.columns(10, 50), wide.columns(10, 50), wide.columns(10, 50)))
                    .as("the same place").isTrue();
        }
    }

    @Test
    void runsOnViews() {
        try (LinearAlgebra la = open(Precision.FLOAT32)) {
            Matrix x = random(la, 1, 5, 50);
            double[] before = la.toArray(x);
            la.map(x.columns(10, 30), Kernel.map(X.negate()), x.columns(10, 30));
            double[] after = la.toArray(x);
            for (int i = 0; i < before.length; i++) {
                boolean inView = i >= 50 && i < 150;
                assertThat(after[i]).isEqualTo(inView ? -before[i] : before[i]);
            }
        }
    }

    private static boolean isDirect(Kernel kernel, Matrix target, Matrix... inputs) {
        return DirectMap.of(kernel, new Matrix[] {target}, numbers(kernel), inputs).isPresent();
    }

    private static double[] numbers(Kernel kernel) {
        return Uniforms.values(kernel, PARAMETERS, new DoubleLanes());
    }

    private static LinearAlgebra open(Precision precision) {
        LinearAlgebraOptions options = LinearAlgebraOptions.of(precision).withThreads(3);
        return new LinearAlgebra("cpu", new CpuProvider().open(options));
    }

    private static Matrix random(LinearAlgebra la, long seed, int rows, int columns) {
        Matrix result = la.allocate(rows, columns);
        new RandomStream(seed).fillGaussian(result, 0, 1);
        return result;
    }
}
