package org.altmin.linalg.cpu.internal;

import java.util.Arrays;
import org.ojalgo.matrix.store.R032Store;

/** A tile of {@code float}s. */
final class FloatTile extends Tile {

    private final int height;
    private final float[] elements;
    private final R032Store store;

    FloatTile(int rows, int columns) {
        height = rows;
        elements = new float[rows * columns];
        store = R032Store.wrap(elements, rows);
    }

    @Override
    void load(HeapBuffer source, int at, int stride, boolean transposed, int rows, int columns) {
        float[] x = ((HeapFloats) source).array();
        for (int j = 0; j < columns; j++) {
            int to = j * height;
            if (transposed) {
                for (int i = 0; i < rows; i++) {
                    elements[to + i] = x[at + j + i * stride];
                }
            } else {
                System.arraycopy(x, at + j * stride, elements, to, rows);
            }
            Arrays.fill(elements, to + rows, to + height, 0);
        }
        Arrays.fill(elements, columns * height, elements.length, 0);
    }

    @Override
    void multiply(Tile left, Tile right) {
        store.fillByMultiplying(((FloatTile) left).store, ((FloatTile) right).store);
    }

    @Override
    void store(double alpha, double beta, HeapBuffer target, int at, int stride, int rows, int columns) {
        float[] x = ((HeapFloats) target).array();
        float a = (float) alpha;
        float b = (float) beta;
        for (int j = 0; j < columns; j++) {
            int from = j * height;
            int to = at + j * stride;
            if (b == 0) {
                for (int i = 0; i < rows; i++) {
                    x[to + i] = a * elements[from + i];
                }
            } else {
                for (int i = 0; i < rows; i++) {
                    x[to + i] = b * x[to + i] + a * elements[from + i];
                }
            }
        }
    }
}
