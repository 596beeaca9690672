package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cholesky: factor, solve from both sides, inverse, refusals. */
abstract class FactorizationChecks extends BackendChecks {

    private static final int[] ORDERS = {1, 2, 3, 10, 33, 64, 129, 257};

    FactorizationChecks(LinearAlgebraContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void solvesFromTheLeft(Precision precision) {
        for (int order : ORDERS) {
            for (int columns : new int[] {1, 7, 100}) {
                Dense a = positiveDefinite(precision, order);
                Dense b = random(precision, order, columns, 2);
                Matrix onA = view(precision, a);
                Matrix x = view(precision, b);
                try (Cholesky cholesky = la(precision).cholesky(order)) {
                    assertThat(cholesky.order()).isEqualTo(order);
                    cholesky.factor(onA, 0.5);
                    cholesky.solveLeft(x);
                }
                Dense solution = Dense.of(x);
                checkResidual("solveLeft of order " + order, precision, shifted(a, 0.5), solution, b);
                Agreement.assertIdentical("A afterwards", a, Dense.of(onA));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void solvesFromTheRight(Precision precision) {
        for (int order : ORDERS) {
            for (int rows : new int[] {1, 7, 100}) {
                Dense a = positiveDefinite(precision, order);
                Dense b = random(precision, rows, order, 3);
                Matrix x = view(precision, b);
                try (Cholesky cholesky = la(precision).cholesky(order)) {
                    cholesky.factor(matrix(precision, a), 0);
                    cholesky.solveRight(x);
                }
                checkResidual("solveRight of order " + order, precision, a, Dense.of(x).transposed(),
                        b.transposed());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void inverts(Precision precision) {
        for (int order : ORDERS) {
            Dense a = positiveDefinite(precision, order);
            Matrix inverse = view(precision, Dense.zeros(order, order));
            try (Cholesky cholesky = la(precision).cholesky(order)) {
                cholesky.factor(matrix(precision, a), 1e-3);
                cholesky.inverse(inverse);
            }
            Dense identity = shifted(Dense.zeros(order, order), 1);
            checkResidual("inverse of order " + order, precision, shifted(a, 1e-3), Dense.of(inverse), identity);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void computesInDouble(Precision precision) {
        // [1+s 1; 1 1+s] with s = 2⁻³⁰ has the second pivot 2s, which float arithmetic would round to 0.
        double shift = 0x1p-30;
        Matrix b = matrix(precision, new Dense(2, 1, 1, -1));
        try (Cholesky cholesky = la(precision).cholesky(2)) {
            cholesky.factor(matrix(precision, new Dense(2, 2, 1, 1, 1, 1)), shift);
            cholesky.solveLeft(b);
        }
        double[] solution = la(precision).toArray(b);
        assertThat(solution[0]).isCloseTo(0x1p30, withinPercentage(1e-4));
        assertThat(solution[1]).isCloseTo(-0x1p30, withinPercentage(1e-4));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isReused(Precision precision) {
        LinearAlgebra la = la(precision);
        try (Cholesky cholesky = la.cholesky(2)) {
            Matrix b = matrix(precision, new Dense(2, 1, 4, 32));
            cholesky.factor(matrix(precision, new Dense(2, 2, 4, 0, 0, 16)), 0);
            cholesky.solveLeft(b);
            assertThat(la.toArray(b)).containsExactly(1, 2);
            cholesky.factor(matrix(precision, new Dense(2, 2, 1, 0, 0, 1)), 3);
            cholesky.solveLeft(b);
            assertThat(la.toArray(b)).containsExactly(0.25, 0.5);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void namesThePivotThatIsNotPositive(Precision precision) {
        for (int order : new int[] {3, 70, 200}) {
            Dense a = shifted(Dense.zeros(order, order), 1);
            int pivot = order - 2;
            a.set(pivot, pivot, -4);
            assertRefused(precision, a, 0.5, pivot);
            a.set(pivot, pivot, Double.NaN);
            assertRefused(precision, a, 0, pivot);
        }
        assertRefused(precision, new Dense(2, 2, 1, 1, 1, 1), 0, 1);
        assertRefused(precision, new Dense(1, 1, 0), 0, 0);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void refusesToSolveBeforeItIsFactored(Precision precision) {
        Matrix b = matrix(precision, new Dense(2, 2, 1, 0, 0, -1));
        try (Cholesky cholesky = la(precision).cholesky(2)) {
            assertThatThrownBy(() -> cholesky.solveLeft(b)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> cholesky.factor(b, 0)).isInstanceOf(NotPositiveDefiniteException.class);
            assertThatThrownBy(() -> cholesky.inverse(b)).isInstanceOf(IllegalStateException.class);
            cholesky.factor(b, 2);
            cholesky.solveRight(b);
            assertThat(la(precision).toArray(b)[3]).isEqualTo(-1);
        }
    }

    private void assertRefused(Precision precision, Dense a, double shift, int pivot) {
        Matrix onA = matrix(precision, a);
        try (Cholesky cholesky = la(precision).cholesky(a.rows())) {
            assertThatThrownBy(() -> cholesky.factor(onA, shift)).isInstanceOf(NotPositiveDefiniteException.class)
                    .hasMessageContaining(a + " matrix").hasMessageContaining("pivot " + pivot + " ")
                    .hasMessageContaining("with " + shift + " added");
        }
    }

    /** Every element of A X − B is small beside |A||X| + |B|. */
    private static void checkResidual(String what, Precision precision, Dense a, Dense x, Dense b) {
        double unit = precision == Precision.FLOAT32 ? 0x1p-22 : 0x1p-48 * a.rows();
        Dense magnitude = a.map(Math::abs).times(x.map(Math::abs)).plus(1, b.map(Math::abs));
        double scale = Arrays.stream(magnitude.values()).max().orElse(0);
        Agreement.assertWithin(what, b, magnitude.map(value -> unit * Math.max(value, scale * 0.1)), a.times(x));
    }

    private static Dense positiveDefinite(Precision precision, int order) {
        Dense half = random(precision, order, order + 5, 7);
        return half.times(half.transposed()).map(x -> x / order).rounded(precision);
    }

    private static Dense shifted(Dense a, double shift) {
        Dense result = a.map(x -> x);
        for (int i = 0; i < a.rows(); i++) {
            result.set(i, i, a.get(i, i) + shift);
        }
        return result;
    }
}
