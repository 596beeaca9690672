package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Upload, download, copy, gather, and the conveniences of {@link LinearAlgebra}. */
abstract class TransferChecks extends BackendChecks {

    TransferChecks(LinearAlgebraContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void carriesDoublesAndRoundsThem(Precision precision) {
        LinearAlgebra la = la(precision);
        double[] source = {Double.NaN, 0.1, -0.0, 0.0, 1e-40, -1e300, Double.POSITIVE_INFINITY, Math.PI, 1e-320, 7};
        Matrix whole = zeros(precision, 2, 6);
        la.upload(source, 1, whole.columns(1, 5));
        double[] target = new double[14];
        Arrays.fill(target, -7);
        la.download(whole.columns(1, 5), target, 3);
        Dense expected = new Dense(8, 1, Arrays.copyOfRange(source, 1, 9)).rounded(precision);
        Agreement.assertIdentical("doubles", expected, new Dense(8, 1, Arrays.copyOfRange(target, 3, 11)));
        assertThat(Arrays.copyOfRange(target, 0, 3)).containsOnly(-7);
        assertThat(Arrays.copyOfRange(target, 11, 14)).containsOnly(-7);
        double[] all = la.toArray(whole);
        assertThat(new double[] {all[0], all[1], all[10], all[11]}).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void carriesFloats(Precision precision) {
        LinearAlgebra la = la(precision);
        float[] source = {9, 0.1f, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, Float.NaN, 8};
        Matrix whole = zeros(precision, 3, 4);
        la.upload(source, 1, whole.columns(1, 3));
        float[] target = new float[9];
        la.download(whole.columns(1, 3), target, 2);
        assertThat(Arrays.copyOfRange(target, 2, 8)).containsExactly(Arrays.copyOfRange(source, 1, 7));
        assertThat(new float[] {target[0], target[1], target[8]}).containsOnly(0);
        Matrix tenth = matrix(precision, new Dense(1, 1, 1 / 3.0));
        la.download(tenth, target, 0);
        assertThat(target[0]).isEqualTo(1 / 3f);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void carriesLargeMatrices(Precision precision) {
        Dense elements = random(precision, 1000, 1537, 5);
        Matrix view = view(precision, elements);
        Matrix copy = zeros(precision, 1000, 1537);
        la(precision).copy(view, copy);
        Agreement.assertIdentical("a copy", elements, Dense.of(copy));
        Agreement.assertIdentical("the original", elements, Dense.of(view));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void copiesOnlyTheView(Precision precision) {
        LinearAlgebra la = la(precision);
        Matrix whole = matrix(precision, new Dense(2, 4, 1, 2, 3, 4, 5, 6, 7, 8));
        la.copy(whole.columns(0, 1), whole.columns(2, 3));
        assertThat(la.toArray(whole)).containsExactly(1, 2, 3, 4, 1, 2, 7, 8);
        la.copy(whole, whole);
        assertThat(la.toArray(whole)).containsExactly(1, 2, 3, 4, 1, 2, 7, 8);
        la.copy(whole.columns(1, 1), whole.columns(3, 3));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void gathersColumns(Precision precision) {
        LinearAlgebra la = la(precision);
        for (int rows : new int[] {1, 3, 10, 784, 1000}) {
            Dense elements = random(precision, rows, 50, rows);
            Matrix source = view(precision, elements);
            RandomStream random = new RandomStream(3);
            int[] columns = new int[203];
            Arrays.setAll(columns, j -> random.nextInt(50));
            Matrix target = view(precision, Dense.zeros(rows, 200));
            la.gatherColumns(source, columns, 2, target);
            Dense expected = Dense.zeros(rows, 200);
            for (int j = 0; j < 200; j++) {
                for (int i = 0; i < rows; i++) {
                    expected.set(i, j, elements.get(i, columns[2 + j]));
                }
            }
            Agreement.assertIdentical("gathered columns of " + rows + " rows", expected, Dense.of(target));
        }
        la.gatherColumns(zeros(precision, 2, 0), new int[0], 0, zeros(precision, 2, 0));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void sumsDiagonals(Precision precision) {
        for (int order : new int[] {1, 3, 300}) {
            Dense elements = random(precision, order, order, 17);
            double sum = 0;
            for (int i = 0; i < order; i++) {
                sum += elements.get(i, i);
            }
            assertThat(la(precision).trace(view(precision, elements))).isCloseTo(sum, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void findsColumnMaxima(Precision precision) {
        LinearAlgebra la = la(precision);
        double nan = Double.NaN;
        double inf = Double.POSITIVE_INFINITY;
        Dense cases = new Dense(3, 8, 1, 2, 3, 3, 3, 1, -1, -1, -2, 1, nan, 5, nan, nan, nan, -inf, -inf, -inf, 0, inf,
                inf, -0.0, 0, -1);
        int[] target = new int[9];
        target[8] = 77;
        la.argmaxColumns(view(precision, cases), target);
        assertThat(target).containsExactly(2, 0, 0, -1, -1, 0, 1, 0, 77);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void findsColumnMaximaOfManyColumns(Precision precision) {
        for (int rows : new int[] {1, 2, 10, 784, 1000}) {
            Dense elements = random(precision, rows, 1201, 11);
            int[] target = new int[1201];
            la(precision).argmaxColumns(matrix(precision, elements), target);
            for (int j = 0; j < 1201; j++) {
                double[] column = elements.column(j);
                double best = Arrays.stream(column).max().orElseThrow();
                assertThat(column[target[j]]).isEqualTo(best);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void fillsScalesAndAdds(Precision precision) {
        LinearAlgebra la = la(precision);
        Matrix x = view(precision, new Dense(2, 3, 1, 2, 3, 4, 5, 6));
        Matrix y = zeros(precision, 2, 3);
        la.fill(y, 0.5);
        la.add(2, x, y);
        assertThat(la.toArray(y)).containsExactly(2.5, 4.5, 6.5, 8.5, 10.5, 12.5);
        la.scale(-2, y);
        assertThat(la.toArray(y)).containsExactly(-5, -9, -13, -17, -21, -25);
        la.add(1, matrix(precision, new Dense(2, 1, 10, 20)), y);
        la.add(1, matrix(precision, new Dense(1, 3, 100, 200, 300)), y);
        assertThat(la.toArray(y)).containsExactly(105, 111, 197, 203, 289, 295);
        la.fill(y, Double.NaN);
        assertThat(la.toArray(y)).containsOnly(Double.NaN);
        assertThat(la.dot(x, x)).isEqualTo(91);
        assertThat(la.squaredNorm(x)).isEqualTo(91);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isFilledWithTheSameRandomNumbersEverywhere(Precision precision) {
        Matrix target = zeros(precision, 5, 7);
        new RandomStream(42).fillGaussian(target, 1, 2);
        RandomStream random = new RandomStream(42);
        Dense expected = Dense.drawn(5, 7, () -> 1 + 2 * random.nextGaussian()).rounded(precision);
        Agreement.assertIdentical("normal deviates", expected, Dense.of(target));
    }
}
