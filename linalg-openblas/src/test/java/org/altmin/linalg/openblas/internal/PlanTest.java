package org.altmin.linalg.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Tiling TILES_AND_STRIPES = new Tiling(128, 128, 1024, 16, 256, 64, true);

    @RepeatedTest(200)
    void coversTheWholeProduct(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int m = length(random);
        int n = length(random);
        int inner = length(random);
        Tiling tiling = random.nextBoolean() ? Blocks.TILING : TILES_AND_STRIPES;
        Plan plan = Plan.ofProduct(m, n, inner, tiling);
        requireCovers(plan.rows(), m);
        requireCovers(plan.columns(), n);
        requireCovers(plan.inner(), inner);
        Plan symmetric = Plan.ofSymmetricProduct(m, inner, random.nextBoolean(), tiling);
        requireCovers(symmetric.rows(), m);
        requireCovers(symmetric.columns(), m);
        requireCovers(symmetric.inner(), inner);
        assertThat(symmetric.rows().parts()).isOne();
        assertThat((long) m * m * (symmetric.inner().parts() - 1)).isLessThanOrEqualTo(1 << 24);
    }

    @Test
    void leavesSmallProductsWhole() {
        assertThat(Plan.ofProduct(100, 100, 100, Blocks.TILING).tasks()).isOne();
        assertThat(Plan.ofSymmetricProduct(100, 400, false, Blocks.TILING).tasks()).isOne();
        assertThat(Plan.ofSymmetricProduct(800, 10, false, TILES_AND_STRIPES).tasks()).isOne();
    }

    @Test
    void leavesNoneOfFourThreadsWithoutWork() {
        assertThat(Plan.ofProduct(1000, 100, 1000, Blocks.TILING).rows()).isEqualTo(new Split(1000, 128));
        assertThat(Plan.ofProduct(784, 100, 784, Blocks.TILING).rows()).isEqualTo(new Split(784, 208));
        assertThat(Plan.ofProduct(128, 100, 1000, Blocks.TILING).rows()).isEqualTo(new Split(128, 32));
        assertThat(Plan.ofProduct(100, 128, 1000, Blocks.TILING).columns()).isEqualTo(new Split(128, 32));
    }

    @Test
    void givesWorkToManyThreads() {
        assertThat(Plan.ofProduct(1000, 55000, 1000, Blocks.TILING).tasks()).isBetween(32, 64);
        assertThat(Plan.ofProduct(5000, 5000, 55000, Blocks.TILING).tasks()).isBetween(32, 64);
        assertThat(Plan.ofSymmetricProduct(5000, 55000, false, Blocks.TILING).tasks()).isEqualTo(16);
    }

    @Test
    void dividesTheSumsOfSmallResults() {
        assertThat(Plan.ofProduct(1000, 1000, 55000, Blocks.TILING).inner().parts()).isEqualTo(16);
        assertThat(Plan.ofProduct(1500, 1500, 60000, Blocks.TILING).inner().parts()).isEqualTo(8);
        assertThat(Plan.ofProduct(10, 1000, 55000, Blocks.TILING).inner().parts()).isEqualTo(16);
        assertThat(Plan.ofSymmetricProduct(1500, 60000, false, Blocks.TILING).inner().parts()).isEqualTo(8);
        assertThat(Plan.ofSymmetricProduct(100, 55000, false, Blocks.TILING).inner().parts()).isEqualTo(16);
        assertThat(Plan.ofSymmetricProduct(1000, 55000, true, Blocks.TILING).inner().parts()).isOne();
    }

    @Test
    void dividesAsTheLibraryLikes() {
        Plan tiles = Plan.ofProduct(1500, 6000, 1500, TILES_AND_STRIPES);
        assertThat(tiles).isEqualTo(new Plan(new Split(1500, 752), new Split(6000, 144), new Split(1500, 1504)));
        assertThat(Plan.ofProduct(1500, 6000, 1500, Blocks.TILING).tasks()).isEqualTo(46);
        Plan sums = Plan.ofProduct(1500, 784, 60000, TILES_AND_STRIPES);
        assertThat(sums).isEqualTo(new Plan(new Split(1500, 1500), new Split(784, 208), new Split(60000, 4000)));
        assertThat(Plan.ofProduct(100, 784, 60000, TILES_AND_STRIPES).columns().parts()).isOne();
        Plan stripes = Plan.ofSymmetricProduct(1500, 60000, false, TILES_AND_STRIPES);
        assertThat(stripes).isEqualTo(new Plan(new Split(1500, 1500), new Split(1500, 64), new Split(60000, 15008)));
        assertThat(Plan.ofSymmetricProduct(400, 60000, false, TILES_AND_STRIPES).columns().parts()).isOne();
    }

    private static int length(Random random) {
        return 1 + (int) Math.pow(10, 5 * random.nextDouble());
    }

    private static void requireCovers(Split split, int total) {
        int covered = 0;
        for (int part = 0; part < split.parts(); part++) {
            assertThat(split.start(part)).isEqualTo(covered);
            assertThat(split.length(part)).isPositive();
            covered += split.length(part);
        }
        assertThat(covered).isEqualTo(total);
    }
}
