package org.altmin.linalg.openblas.internal;

/** A length in parts that are equally long, except that the last may be shorter. */
record Split(int total, int size) {

    /** Kernels of OpenBLAS take so many rows or columns at a time, or a fraction of it. */
    private static final int UNIT = 16;

    /** Workers mostly number a multiple of it. */
    private static final int AT_ONCE = 4;

    /** From so many parts on it does not matter that the last round of them may be short. */
    private static final int MANY = 16;

    /** At most {@code parts}, and fewer rather than parts shorter than {@code least}. */
    static Split of(int total, int parts, int least) {
        return inParts(total, Math.max(1, Math.min(parts, total / least)));
    }

    /**
     * As {@link #of}, but few parts may become half as many where that makes the rounds of {@link #AT_ONCE} of them
     * shorter in all: four of 208 rather than seven of 112.
     */
    static Split inRounds(int total, int parts, int least) {
        int wanted = Math.max(1, Math.min(parts, total / least));
        Split best = inParts(total, wanted);
        for (int fewer = wanted - 1; wanted < MANY && fewer > 1 && fewer >= wanted / 2; fewer--) {
            Split split = inParts(total, fewer);
            best = split.duration() < best.duration() ? split : best;
        }
        return best;
    }

    private static Split inParts(int total, int parts) {
        int size = (total + parts - 1) / parts;
        return new Split(total, Math.max(UNIT, (size + UNIT - 1) / UNIT * UNIT));
    }

    private int duration() {
        return (parts() + AT_ONCE - 1) / AT_ONCE * size;
    }

    int parts() {
        return (total + size - 1) / size;
    }

    int start(int part) {
        return part * size;
    }

    int length(int part) {
        return Math.min(size, total - start(part));
    }
}
