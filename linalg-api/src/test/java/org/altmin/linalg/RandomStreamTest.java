package org.altmin.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    private static final int DRAWS = 200_000;

    /** The published test vector of SplitMix64 for the state 1234567. */
    @Test
    void isSplitMix64() {
        RandomStream random = new RandomStream(0);
        random.restore(1234567);
        assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
        assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
        assertThat(random.nextLong()).isEqualTo(4593380528125082431L);
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("16408922859458223821");
    }

    @Test
    void staysTheSameForASeed() {
        RandomStream random = new RandomStream(42);
        assertThat(random.nextLong()).isEqualTo(-7450291807549245335L);
        assertThat(random.nextDouble()).isEqualTo(0.1603653875985772);
        assertThat(random.nextGaussian()).isEqualTo(-0.47413423597308735);
        assertThat(random.nextInt(1000)).isEqualTo(760);
        assertThat(new RandomStream(42).split("weights").nextLong()).isEqualTo(-310860581217640102L);
        assertThat(new RandomStream(7).permutation(8)).containsExactly(1, 0, 6, 4, 7, 2, 5, 3);
    }

    @Test
    void uniformNumbersAreUniform() {
        RandomStream random = new RandomStream(1);
        double[] values = new double[DRAWS];
        Arrays.setAll(values, i -> random.nextDouble());
        assertThat(Arrays.stream(values).min().orElseThrow()).isNotNegative().isLessThan(1e-3);
        assertThat(Arrays.stream(values).max().orElseThrow()).isLessThan(1).isGreaterThan(0.999);
        assertMoments(values, 0.5, 1 / 12.0, 1 / 80.0);
        double scaled = random.nextDouble(-3, 5);
        assertThat(scaled).isBetween(-3.0, 5.0);
    }

    @Test
    void normalDeviatesAreNormal() {
        RandomStream random = new RandomStream(2);
        double[] values = new double[DRAWS];
        Arrays.setAll(values, i -> random.nextGaussian());
        assertMoments(values, 0, 1, 3);
        double within = Arrays.stream(values).filter(x -> Math.abs(x) < 1).count() / (double) DRAWS;
        assertThat(within).isCloseTo(0.6827, within(0.005));
        double correlation = IntStream.range(1, DRAWS).mapToDouble(i -> values[i] * values[i - 1]).sum() / DRAWS;
        assertThat(correlation).isCloseTo(0, within(0.01));
    }

    @Test
    void wholeNumbersAreUniform() {
        RandomStream random = new RandomStream(3);
        int[] counts = new int[7];
        for (int i = 0; i < DRAWS; i++) {
            counts[random.nextInt(7)]++;
        }
        for (int count : counts) {
            assertThat(count / (double) DRAWS).isCloseTo(1 / 7.0, within(0.005));
        }
        assertThat(random.nextInt(1)).isZero();
        assertThat(random.nextInt(Integer.MAX_VALUE)).isNotNegative();
        assertThatThrownBy(() -> random.nextInt(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void permutationsArePermutations() {
        RandomStream random = new RandomStream(4);
        int[] permutation = random.permutation(1000);
        assertThat(Arrays.stream(permutation).sorted().toArray()).isEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(permutation).isNotEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(random.permutation(0)).isEmpty();
        Set<String> seen = new HashSet<>();
        for (int k = 0; k < 500; k++) {
            seen.add(Arrays.toString(random.permutation(4)));
        }
        assertThat(seen).as("of the 24 permutations of 4").hasSize(24);
    }

    @Test
    void splittingIsIndependentOfDrawingAndOfOtherPurposes() {
        RandomStream random = new RandomStream(5);
        long first = random.split("a").nextLong();
        assertThat(random.split("a").nextLong()).isEqualTo(first);
        assertThat(random.split("b").nextLong()).isNotEqualTo(first);
        assertThat(random.split("").nextLong()).isNotEqualTo(first);
        assertThat(random.split("ab").nextLong()).isNotEqualTo(random.split("ba").nextLong());
        assertThat(new RandomStream(6).split("a").nextLong()).isNotEqualTo(first);
        RandomStream one = random.split("x");
        RandomStream other = random.split("y");
        double correlation = 0;
        for (int i = 0; i < DRAWS; i++) {
            correlation += (one.nextDouble() - 0.5) * (other.nextDouble() - 0.5) * 12 / DRAWS;
        }
        assertThat(correlation).isCloseTo(0, within(0.01));
    }

    @Test
    void continuesWhereItsStateWasRead() {
        for (int drawn = 0; drawn < 4; drawn++) {
            RandomStream random = new RandomStream(8);
            for (int i = 0; i < drawn; i++) {
                random.nextGaussian();
            }
            RandomStream again = new RandomStream(0);
            again.nextGaussian();
            again.restore(random.state());
            for (int i = 0; i < 5; i++) {
                assertThat(again.nextGaussian()).isEqualTo(random.nextGaussian());
            }
            assertThat(again.nextLong()).isEqualTo(random.nextLong());
        }
    }

    @Test
    void fillsMatricesColumnByColumn() {
        try (LinearAlgebra la = FakeBackend.open()) {
            Matrix matrix = la.allocate(2, 3);
            new RandomStream(9).fillUniform(matrix, -1, 1);
            RandomStream random = new RandomStream(9);
            double[] expected = new double[6];
            Arrays.setAll(expected, i -> random.nextDouble(-1, 1));
            assertThat(la.toArray(matrix)).containsExactly(expected);
            new RandomStream(9).fillGaussian(matrix, 2, 0.5);
            RandomStream normal = new RandomStream(9);
            Arrays.setAll(expected, i -> 2 + 0.5 * normal.nextGaussian());
            assertThat(la.toArray(matrix)).containsExactly(expected);
        }
    }

    private static void assertMoments(double[] values, double mean, double variance, double fourth) {
        double m = Arrays.stream(values).average().orElseThrow();
        assertThat(m).as("mean").isCloseTo(mean, within(0.01));
        double second = Arrays.stream(values).map(x -> (x - m) * (x - m)).average().orElseThrow();
        assertThat(second).as("variance").isCloseTo(variance, within(0.01 * variance + 0.002));
        double kurtosis = Arrays.stream(values).map(x -> Math.pow(x - m, 4)).average().orElseThrow();
        assertThat(kurtosis).as("fourth moment").isCloseTo(fourth, within(0.05 * fourth));
    }
}
