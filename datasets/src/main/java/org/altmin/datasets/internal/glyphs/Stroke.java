package org.altmin.datasets.internal.glyphs;

/** Control points of a Catmull-Rom curve, centred: x and y in [−0.5, 0.5], y downwards. */
record Stroke(double[] x, double[] y) {

    private static final double BOX = 100;

    static Stroke parse(String points) {
        String[] pairs = points.split(" ");
        double[] x = new double[pairs.length];
        double[] y = new double[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            String[] pair = pairs[i].split(",");
            x[i] = Integer.parseInt(pair[0]) / BOX - 0.5;
            y[i] = Integer.parseInt(pair[1]) / BOX - 0.5;
        }
        return new Stroke(x, y);
    }

    int size() {
        return x.length;
    }

    boolean isClosed() {
        return x[0] == x[size() - 1] && y[0] == y[size() - 1];
    }

    /** Points on the curve, {@code perSpan} for each span between control points, and the last control point. */
    Stroke sampled(int perSpan) {
        int spans = size() - 1;
        double[] sampledX = new double[spans * perSpan + 1];
        double[] sampledY = new double[sampledX.length];
        for (int span = 0; span < spans; span++) {
            int before = neighbour(span - 1);
            int after = neighbour(span + 2);
            for (int i = 0; i < perSpan; i++) {
                double t = (double) i / perSpan;
                sampledX[span * perSpan + i] = catmullRom(x[before], x[span], x[span + 1], x[after], t);
                sampledY[span * perSpan + i] = catmullRom(y[before], y[span], y[span + 1], y[after], t);
            }
        }
        sampledX[spans * perSpan] = x[spans];
        sampledY[spans * perSpan] = y[spans];
        return new Stroke(sampledX, sampledY);
    }

    /** Beyond an open end the end itself, beyond a closed one the other side. */
    private int neighbour(int point) {
        int last = size() - 1;
        if (point >= 0 && point <= last) {
            return point;
        }
        if (isClosed()) {
            return point < 0 ? last - 1 : 1;
        }
        return point < 0 ? 0 : last;
    }

    private static double catmullRom(double p0, double p1, double p2, double p3, double t) {
        return p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
    }
}
