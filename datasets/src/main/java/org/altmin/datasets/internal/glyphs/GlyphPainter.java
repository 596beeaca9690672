package org.altmin.datasets.internal.glyphs;

import java.util.List;
import org.altmin.linalg.RandomStream;

/**
 * Draws digits as a hand would: a style at random, each control point displaced, the whole rotated, sheared, scaled,
 * moved and bent, with a pen of random width; some ink is missing and some noise is added.
 */
final class GlyphPainter {

    private static final int POINTS_PER_SPAN = 5;
    private static final double HEIGHT = 20;
    private static final double SCALE_X_LOW = 0.7;
    private static final double SCALE_X_HIGH = 1.1;
    private static final double SCALE_Y_LOW = 0.8;
    private static final double SCALE_Y_HIGH = 1.1;
    private static final double ROTATION = 0.18;
    private static final double SHEAR = 0.22;
    private static final double SHIFT = 2.1;
    private static final double JITTER = 0.025;
    private static final double BEND = 0.03;
    private static final double BEND_FREQUENCY = 1.2;
    private static final double HALF_WIDTH_LOW = 0.7;
    private static final double HALF_WIDTH_HIGH = 1.9;
    private static final double SOFTNESS = 1.4;
    private static final double INK_LOW = 200;
    private static final double INK_HIGH = 255;
    private static final double NOISE_HIGH = 16;
    private static final double SPOT_PROBABILITY = 0.2;
    private static final double SPOT_RADIUS_LOW = 1.5;
    private static final double SPOT_RADIUS_HIGH = 3;
    private static final double WHITE = 255;
    private static final double ROOT_THREE = StrictMath.sqrt(3);

    private final RandomStream random;
    private final Canvas canvas = new Canvas();

    GlyphPainter(RandomStream random) {
        this.random = random;
    }

    /** Writes the pixels of one picture of the digit. */
    void paint(int digit, byte[] target, int offset) {
        List<List<Stroke>> styles = DigitStyles.of(digit);
        List<Stroke> style = styles.get(random.nextInt(styles.size()));
        canvas.clear();
        draw(style);
        ink(target, offset);
    }

    private void draw(List<Stroke> style) {
        double angle = ROTATION * random.nextGaussian();
        double shear = SHEAR * random.nextGaussian();
        double scaleX = HEIGHT * random.nextDouble(SCALE_X_LOW, SCALE_X_HIGH);
        double scaleY = HEIGHT * random.nextDouble(SCALE_Y_LOW, SCALE_Y_HIGH);
        double centre = (Canvas.SIDE - 1) / 2.0;
        double shiftX = centre + random.nextDouble(-SHIFT, SHIFT);
        double shiftY = centre + random.nextDouble(-SHIFT, SHIFT);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        Wobble bend = new Wobble(random, BEND, BEND_FREQUENCY);
        Stroke previous = null;
        Stroke previousMoved = null;
        for (Stroke stroke : style) {
            Stroke moved = jittered(stroke, previous, previousMoved);
            Stroke curve = moved.sampled(POINTS_PER_SPAN);
            double lastX = 0;
            double lastY = 0;
            for (int i = 0; i < curve.size(); i++) {
                double x = curve.x()[i] + bend.displacementX(curve.x()[i], curve.y()[i]);
                double y = curve.y()[i] + bend.displacementY(curve.x()[i], curve.y()[i]);
                double slantedX = (x - shear * y) * scaleX;
                double slantedY = y * scaleY;
                double pixelX = cos * slantedX - sin * slantedY + shiftX;
                double pixelY = sin * slantedX + cos * slantedY + shiftY;
                if (i > 0) {
                    canvas.line(lastX, lastY, pixelX, pixelY);
                }
                lastX = pixelX;
                lastY = pixelY;
            }
            previous = stroke;
            previousMoved = moved;
        }
    }

    /** Points that strokes share move together, and so do the two ends of a closed stroke. */
    private Stroke jittered(Stroke stroke, Stroke previous, Stroke previousMoved) {
        double[] x = stroke.x().clone();
        double[] y = stroke.y().clone();
        for (int i = 0; i < stroke.size(); i++) {
            x[i] += JITTER * random.nextGaussian();
            y[i] += JITTER * random.nextGaussian();
            for (int j = 0; previous != null && j < previous.size(); j++) {
                if (previous.x()[j] == stroke.x()[i] && previous.y()[j] == stroke.y()[i]) {
                    x[i] = previousMoved.x()[j];
                    y[i] = previousMoved.y()[j];
                }
            }
        }
        if (stroke.isClosed()) {
            x[stroke.size() - 1] = x[0];
            y[stroke.size() - 1] = y[0];
        }
        return new Stroke(x, y);
    }

    private void ink(byte[] target, int offset) {
        double halfWidth = random.nextDouble(HALF_WIDTH_LOW, HALF_WIDTH_HIGH);
        double strength = random.nextDouble(INK_LOW, INK_HIGH);
        double noise = random.nextDouble(0, NOISE_HIGH);
        boolean spotted = random.nextDouble() < SPOT_PROBABILITY;
        double spotRadius = random.nextDouble(SPOT_RADIUS_LOW, SPOT_RADIUS_HIGH);
        double spotX = random.nextDouble(0, Canvas.SIDE);
        double spotY = random.nextDouble(0, Canvas.SIDE);
        for (int pixel = 0; pixel < Canvas.PIXELS; pixel++) {
            double dx = pixel % Canvas.SIDE - spotX;
            double dy = pixel / Canvas.SIDE - spotY;
            boolean missing = spotted && dx * dx + dy * dy < spotRadius * spotRadius;
            double ink = missing ? 0 : strength * canvas.ink(pixel, halfWidth, SOFTNESS);
            double value = ink + noise * nearlyGaussian();
            target[offset + pixel] = (byte) (int) Math.max(0, Math.min(WHITE, value + 0.5));
        }
    }

    /** The scaled sum of four uniform numbers out of one draw: mean 0, variance 1, and quicker than a logarithm. */
    private double nearlyGaussian() {
        long bits = random.nextLong();
        long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum * 0x1.0p-16 - 2) * ROOT_THREE;
    }
}
