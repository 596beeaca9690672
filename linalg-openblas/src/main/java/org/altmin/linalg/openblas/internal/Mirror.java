package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.cpu.internal.HeapDoubles;
import org.altmin.linalg.cpu.internal.HeapFloats;
import org.altmin.linalg.cpu.internal.Workers;

/** Completes symmetric matrices of which the lower triangle is known. */
final class Mirror {

    private static final int TILE = 64;

    private Mirror() {
    }

    /** Elements above the diagonal ← those below it. */
    static void complete(Block a, Workers workers) {
        int order = a.stride();
        Split columns = new Split(order, TILE);
        workers.run(columns.parts(), (worker, part) -> {
            int from = columns.start(part);
            int end = from + columns.length(part);
            for (int row = 0; row < end; row += TILE) {
                if (a.buffer() instanceof HeapFloats floats) {
                    complete(floats.array(), a.at(), order, row, from, end);
                } else {
                    complete(((HeapDoubles) a.buffer()).array(), a.at(), order, row, from, end);
                }
            }
        });
    }

    private static void complete(float[] a, int at, int order, int row, int from, int end) {
        for (int j = Math.max(from, row + 1); j < end; j++) {
            int last = Math.min(j, row + TILE);
            for (int i = row; i < last; i++) {
                a[at + i + j * order] = a[at + j + i * order];
            }
        }
    }

    private static void complete(double[] a, int at, int order, int row, int from, int end) {
        for (int j = Math.max(from, row + 1); j < end; j++) {
            int last = Math.min(j, row + TILE);
            for (int i = row; i < last; i++) {
                a[at + i + j * order] = a[at + j + i * order];
            }
        }
    }
}
