package org.altmin.datasets.internal.glyphs;

import org.altmin.linalg.RandomStream;

/**
 * A smooth random displacement of the plane: in each direction a sum of a few waves of random direction, length and
 * phase.
 */
final class Wobble {

    private static final int WAVES = 3;
    private static final double TURN = 2 * StrictMath.PI;

    private final double[][] wavesX;
    private final double[][] wavesY;

    /**
     * @param amplitude typical displacement
     * @param frequency largest number of waves over a distance of 1, in each direction
     */
    Wobble(RandomStream random, double amplitude, double frequency) {
        wavesX = waves(random, amplitude, frequency);
        wavesY = waves(random, amplitude, frequency);
    }

    double displacementX(double x, double y) {
        return sum(wavesX, x, y);
    }

    double displacementY(double x, double y) {
        return sum(wavesY, x, y);
    }

    private static double[][] waves(RandomStream random, double amplitude, double frequency) {
        double[][] waves = new double[WAVES][];
        for (int i = 0; i < WAVES; i++) {
            waves[i] = new double[] {
                amplitude * random.nextGaussian() / StrictMath.sqrt(WAVES),
                TURN * random.nextDouble(-frequency, frequency),
                TURN * random.nextDouble(-frequency, frequency),
                TURN * random.nextDouble()};
        }
        return waves;
    }

    private static double sum(double[][] waves, double x, double y) {
        double sum = 0;
        for (double[] wave : waves) {
            sum += wave[0] * StrictMath.sin(wave[1] * x + wave[2] * y + wave[3]);
        }
        return sum;
    }
}
