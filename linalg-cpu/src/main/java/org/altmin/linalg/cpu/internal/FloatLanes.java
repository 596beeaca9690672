package org.altmin.linalg.cpu.internal;

import java.util.Arrays;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.UnaryOperation;

/** Registers of {@code float}s. */
final class FloatLanes extends Lanes {

    private float[] memory = {};
    private float[][] array = {};
    private int[] offset = {};
    private double[] accumulators = {};

    @Override
    void reserve(int slots, int width) {
        if (memory.length < Math.multiplyExact(slots, width)) {
            memory = new float[slots * width];
        }
        if (array.length < slots) {
            array = new float[slots][];
            offset = new int[slots];
        }
        for (int slot = 0; slot < slots; slot++) {
            array[slot] = memory;
            offset[slot] = slot * width;
        }
    }

    @Override
    boolean canBind(HeapBuffer buffer) {
        return buffer instanceof HeapFloats;
    }

    @Override
    void bind(int slot, HeapBuffer buffer, int at) {
        array[slot] = ((HeapFloats) buffer).array();
        offset[slot] = at;
    }

    @Override
    void load(int slot, int to, HeapBuffer source, int from, int count) {
        source.read(from, array[slot], offset[slot] + to, count);
    }

    @Override
    void store(int slot, HeapBuffer target, int to, int count) {
        target.write(to, array[slot], offset[slot], count);
    }

    @Override
    void fill(int slot, int from, int count, double value) {
        FloatKernels.fill((float) value, array[slot], offset[slot] + from, count);
    }

    @Override
    void spread(int slot, int count, int times) {
        float[] x = array[slot];
        int at = offset[slot];
        for (int i = count - 1; i >= 0; i--) {
            float value = x[at + i];
            int from = at + i * times;
            for (int k = from; k < from + times; k++) {
                x[k] = value;
            }
        }
    }

    @Override
    void copy(int target, int x, int count) {
        System.arraycopy(array[x], offset[x], array[target], offset[target], count);
    }

    @Override
    void transpose(int target, int x, int rows, int columns) {
        float[] xs = array[x];
        float[] out = array[target];
        for (int i = 0; i < rows; i++) {
            int xAt = offset[x] + i;
            int at = offset[target] + i * columns;
            for (int j = 0; j < columns; j++) {
                out[at + j] = xs[xAt + j * rows];
            }
        }
    }

    @Override
    void unary(UnaryOperation operation, int target, int x, int count) {
        float[] xs = array[x];
        int xAt = offset[x];
        float[] out = array[target];
        int at = offset[target];
        switch (operation) {
            case NEGATE -> FloatKernels.neg(xs, xAt, out, at, count);
            case ABS -> FloatKernels.abs(xs, xAt, out, at, count);
            case SQRT -> FloatKernels.sqrt(xs, xAt, out, at, count);
            case EXP -> FloatKernels.exp(xs, xAt, out, at, count);
            case EXPM1 -> FloatKernels.expm1(xs, xAt, out, at, count);
            case LOG -> FloatKernels.log(xs, xAt, out, at, count);
            case LOG1P -> FloatKernels.log1p(xs, xAt, out, at, count);
            case TANH -> FloatKernels.tanh(xs, xAt, out, at, count);
        }
    }

    @Override
    void binary(BinaryOperation operation, int target, int x, int y, int count) {
        float[] xs = array[x];
        int xAt = offset[x];
        float[] ys = array[y];
        int yAt = offset[y];
        float[] out = array[target];
        int at = offset[target];
        switch (operation) {
            case ADD -> FloatKernels.add(xs, xAt, ys, yAt, out, at, count);
            case SUBTRACT -> FloatKernels.sub(xs, xAt, ys, yAt, out, at, count);
            case MULTIPLY -> FloatKernels.mul(xs, xAt, ys, yAt, out, at, count);
            case DIVIDE -> FloatKernels.div(xs, xAt, ys, yAt, out, at, count);
            case MIN -> FloatKernels.min(xs, xAt, ys, yAt, out, at, count);
            case MAX -> FloatKernels.max(xs, xAt, ys, yAt, out, at, count);
            case LESS -> FloatKernels.lt(xs, xAt, ys, yAt, out, at, count);
            case LESS_OR_EQUAL -> FloatKernels.le(xs, xAt, ys, yAt, out, at, count);
            case EQUAL -> FloatKernels.eq(xs, xAt, ys, yAt, out, at, count);
        }
    }

    @Override
    void select(int target, int condition, int whenTrue, int whenFalse, int count) {
        FloatKernels.select(array[condition], offset[condition], array[whenTrue], offset[whenTrue],
                array[whenFalse], offset[whenFalse], array[target], offset[target], count);
    }

    @Override
    void reduceColumns(Reduction reduction, int target, int x, int rows, int columns) {
        switch (reduction) {
            case SUM -> sumColumns(target, x, rows, columns);
            case MAX -> {
                copy(target, x, columns);
                for (int i = 1; i < rows; i++) {
                    FloatKernels.max(array[target], offset[target], array[x], offset[x] + i * columns,
                            array[target], offset[target], columns);
                }
            }
        }
        for (int i = 1; i < rows; i++) {
            System.arraycopy(array[target], offset[target], array[target], offset[target] + i * columns, columns);
        }
    }

    private void sumColumns(int target, int x, int rows, int columns) {
        if (accumulators.length < columns) {
            accumulators = new double[columns];
        }
        Arrays.fill(accumulators, 0, columns, 0);
        for (int i = 0; i < rows; i++) {
            reduceInto(Reduction.SUM, accumulators, 0, x, i * columns, columns);
        }
        for (int j = 0; j < columns; j++) {
            array[target][offset[target] + j] = (float) accumulators[j];
        }
    }

    @Override
    double reduce(Reduction reduction, int slot, int from, int count) {
        return switch (reduction) {
            case SUM -> FloatKernels.sum(array[slot], offset[slot] + from, count);
            case MAX -> FloatKernels.max(array[slot], offset[slot] + from, count);
        };
    }

    @Override
    void reduceInto(Reduction reduction, double[] accumulators, int to, int slot, int from, int count) {
        float[] x = array[slot];
        int at = offset[slot] + from;
        switch (reduction) {
            case SUM -> {
                for (int i = 0; i < count; i++) {
                    accumulators[to + i] += x[at + i];
                }
            }
            case MAX -> {
                for (int i = 0; i < count; i++) {
                    accumulators[to + i] = Math.max(accumulators[to + i], x[at + i]);
                }
            }
        }
    }
}
