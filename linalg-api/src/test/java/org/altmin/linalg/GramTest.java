package org.altmin.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GramTest {

    private static final int INPUTS = 4;
    private static final int TARGETS = 3;
    private static final int SAMPLES = 17;

    private final LinearAlgebra la = FakeBackend.open();
    private final Matrix a = la.allocate(INPUTS, SAMPLES);
    private final Matrix t = la.allocate(TARGETS, SAMPLES);

    GramTest() {
        RandomStream random = new RandomStream(1);
        random.fillGaussian(a, 0, 1);
        random.fillGaussian(t, 0, 1);
    }

    @Test
    void sumsOverSamples() {
        Gram gram = whole();
        double[] inputs = la.toArray(a);
        double[] targets = la.toArray(t);
        for (int i = 0; i < INPUTS; i++) {
            for (int k = 0; k < INPUTS; k++) {
                double sum = 0;
                for (int j = 0; j < SAMPLES; j++) {
                    sum += inputs[j * INPUTS + i] * inputs[j * INPUTS + k];
                }
                assertThat(la.toArray(gram.gram())[k * INPUTS + i]).isCloseTo(sum, within(1e-13));
            }
            for (int k = 0; k < TARGETS; k++) {
                double sum = 0;
                for (int j = 0; j < SAMPLES; j++) {
                    sum += targets[j * TARGETS + k] * inputs[j * INPUTS + i];
                }
                assertThat(la.toArray(gram.cross())[i * TARGETS + k]).isCloseTo(sum, within(1e-13));
            }
        }
        double first = 0;
        for (int j = 0; j < SAMPLES; j++) {
            first += inputs[j * INPUTS];
        }
        assertThat(la.toArray(gram.inputSum())[0]).isCloseTo(first, within(1e-13));
        assertThat(gram.targetSum().shape()).isEqualTo("3x1");
        assertThat(gram.count()).isEqualTo(SAMPLES);
    }

    @Test
    void mergedPartsAreTheWhole() {
        Gram whole = whole();
        Gram left = new Gram(la, INPUTS, TARGETS);
        left.accumulate(a.columns(0, 5), t.columns(0, 5));
        left.accumulate(a.columns(5, 9), t.columns(5, 9));
        Gram right = new Gram(la, INPUTS, TARGETS);
        right.accumulate(a.columns(9, SAMPLES), t.columns(9, SAMPLES));
        left.merge(right);
        assertSame(whole, left);
        left.merge(new Gram(la, INPUTS, TARGETS));
        assertSame(whole, left);
    }

    @Test
    void startsAfresh() {
        Gram gram = whole();
        gram.clear();
        assertThat(gram.count()).isZero();
        assertSame(new Gram(la, INPUTS, TARGETS), gram);
        gram.accumulate(a, t);
        assertSame(whole(), gram);
    }

    @Test
    void allocatesNothingAfterItsConstruction() {
        Gram gram = whole();
        long bytes = la.peakBytes();
        gram.accumulate(a, t);
        gram.merge(gram);
        assertThat(la.peakBytes()).isEqualTo(bytes);
        assertThat(gram.count()).isEqualTo(4 * SAMPLES);
    }

    private Gram whole() {
        Gram gram = new Gram(la, INPUTS, TARGETS);
        gram.accumulate(a, t);
        return gram;
    }

    private void assertSame(Gram expected, Gram actual) {
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(la.toArray(actual.gram())).containsExactly(la.toArray(expected.gram()), within(1e-13));
        assertThat(la.toArray(actual.cross())).containsExactly(la.toArray(expected.cross()), within(1e-13));
        assertThat(la.toArray(actual.inputSum())).containsExactly(la.toArray(expected.inputSum()), within(1e-13));
        assertThat(la.toArray(actual.targetSum())).containsExactly(la.toArray(expected.targetSum()), within(1e-13));
    }
}
