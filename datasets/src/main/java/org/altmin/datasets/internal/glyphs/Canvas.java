package org.altmin.datasets.internal.glyphs;

import java.util.Arrays;

/** A square of grey pixels on which lines are drawn antialiased: ink falls off with the distance to the line. */
final class Canvas {

    static final int SIDE = 28;
    static final int PIXELS = SIDE * SIDE;

    /** Squared distances beyond this are not kept; it bounds half the thickness of a line. */
    private static final double REACH = 4;

    private final double[] squaredDistance = new double[PIXELS];

    void clear() {
        Arrays.fill(squaredDistance, REACH * REACH);
    }

    /** A line in pixels; the centre of pixel (column, row) is at (column, row). */
    void line(double x0, double y0, double x1, double y1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squaredLength = dx * dx + dy * dy;
        int top = inside(Math.min(y0, y1) - REACH);
        int bottom = inside(Math.max(y0, y1) + REACH);
        int left = inside(Math.min(x0, x1) - REACH);
        int right = inside(Math.max(x0, x1) + REACH);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double px = column - x0;
                double py = row - y0;
                double along = squaredLength > 0
                        ? Math.max(0, Math.min(1, (px * dx + py * dy) / squaredLength)) : 0;
                double ex = px - along * dx;
                double ey = py - along * dy;
                int pixel = row * SIDE + column;
                squaredDistance[pixel] = Math.min(squaredDistance[pixel], ex * ex + ey * ey);
            }
        }
    }

    /** Ink in [0, 1]: full within {@code halfWidth} of a line, falling to none over {@code softness} pixels. */
    double ink(int pixel, double halfWidth, double softness) {
        double beyond = Math.sqrt(squaredDistance[pixel]) - halfWidth;
        return Math.max(0, Math.min(1, 0.5 - beyond / softness));
    }

    private static int inside(double position) {
        return (int) Math.max(0, Math.min(SIDE - 1, position));
    }
}
