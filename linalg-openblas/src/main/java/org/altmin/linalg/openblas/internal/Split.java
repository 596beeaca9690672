package org.altmin.linalg.openblas.internal;

/** A length in parts that are equally long, except that the last may be shorter. */
record Split(int total, int size) {

    /** Kernels of OpenBLAS take so many rows or columns at a time, or a fraction of it. */
    private static final int UNIT = 16;

    /** At most {@code parts}, and fewer rather than parts shorter than {@code least}. */
    static Split of(int total, int parts, int least) {
        int wanted = Math.max(1, Math.min(parts, total / least));
        int size = (total + wanted - 1) / wanted;
        return new Split(total, Math.max(UNIT, (size + UNIT - 1) / UNIT * UNIT));
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
