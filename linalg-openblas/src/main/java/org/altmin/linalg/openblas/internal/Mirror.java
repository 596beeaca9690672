package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.cpu.internal.Workers;

/** Completes symmetric matrices of which only the lower triangle is known. */
final class Mirror {

    private static final int TILE = 64;

    private Mirror() {
    }

    /** Elements above the diagonal ← those below it. */
    static void lowerToUpper(float[] a, int offset, int order, Workers workers) {
        workers.run(tiles(order), (worker, block) -> {
            int from = block * TILE;
            int to = Math.min(order, from + TILE);
            for (int row = 0; row < to; row += TILE) {
                for (int j = Math.max(from, row + 1); j < to; j++) {
                    int column = offset + j * order;
                    int end = Math.min(j, row + TILE);
                    for (int i = row; i < end; i++) {
                        a[column + i] = a[offset + j + i * order];
                    }
                }
            }
        });
    }

    /** Elements above the diagonal ← those below it. */
    static void lowerToUpper(double[] a, int offset, int order, Workers workers) {
        workers.run(tiles(order), (worker, block) -> {
            int from = block * TILE;
            int to = Math.min(order, from + TILE);
            for (int row = 0; row < to; row += TILE) {
                for (int j = Math.max(from, row + 1); j < to; j++) {
                    int column = offset + j * order;
                    int end = Math.min(j, row + TILE);
                    for (int i = row; i < end; i++) {
                        a[column + i] = a[offset + j + i * order];
                    }
                }
            }
        });
    }

    private static int tiles(int order) {
        return (order + TILE - 1) / TILE;
    }
}
