package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.HeapDoubles;
import org.altmin.linalg.cpu.internal.HeapFloats;
import org.altmin.linalg.cpu.internal.Workers;

/** The transpose of a block, in room that is kept from product to product. */
final class Transposition {

    /** Rows and columns that stay in the first-level cache. */
    private static final int TILE = 32;

    private final Workers workers;
    private final Room room;

    Transposition(Precision precision, Workers workers) {
        this.workers = workers;
        room = new Room(precision);
    }

    /** The transpose of a block of so many rows and columns, until the next call. */
    Block of(Block block, int rows, int columns) {
        HeapBuffer target = room.atLeast((long) rows * columns);
        Block result = new Block(target, 0, columns);
        Split parts = new Split(columns, TILE);
        workers.run(parts.parts(), (worker, part) -> {
            int from = parts.start(part);
            int end = from + parts.length(part);
            for (int row = 0; row < rows; row += TILE) {
                int last = Math.min(rows, row + TILE);
                if (target instanceof HeapFloats floats) {
                    transpose(((HeapFloats) block.buffer()).array(), block, floats.array(), result, row, last, from,
                            end);
                } else {
                    transpose(((HeapDoubles) block.buffer()).array(), block, ((HeapDoubles) target).array(), result,
                            row, last, from, end);
                }
            }
        });
        return result;
    }

    private static void transpose(float[] x, Block of, float[] y, Block to, int row, int rows, int column,
            int columns) {
        for (int i = row; i < rows; i++) {
            for (int j = column; j < columns; j++) {
                y[to.at() + j + i * to.stride()] = x[of.at() + i + j * of.stride()];
            }
        }
    }

    private static void transpose(double[] x, Block of, double[] y, Block to, int row, int rows, int column,
            int columns) {
        for (int i = row; i < rows; i++) {
            for (int j = column; j < columns; j++) {
                y[to.at() + j + i * to.stride()] = x[of.at() + i + j * of.stride()];
            }
        }
    }
}
