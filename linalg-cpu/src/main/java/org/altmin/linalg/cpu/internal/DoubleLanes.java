package org.altmin.linalg.cpu.internal;

import java.util.Arrays;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.UnaryOperation;

/** Registers of {@code double}s. */
final class DoubleLanes extends Lanes {

    private double[] memory = {};
    private double[][] array = {};
    private int[] offset = {};
    private double[] accumulators = {};

    @Override
    void reserve(int slots, int width) {
        if (memory.length < Math.multiplyExact(slots, width)) {
            memory = new double[slots * width];
        }
        if (array.length < slots) {
            array = new double[slots][];
            offset = new int[slots];
        }
        for (int slot = 0; slot < slots; slot++) {
            array[slot] = memory;
            offset[slot] = slot * width;
        }
    }

    @Override
    boolean canBind(HeapBuffer buffer) {
        return buffer instanceof HeapDoubles;
    }

    @Override
    void bind(int slot, HeapBuffer buffer, int at) {
        array[slot] = ((HeapDoubles) buffer).array();
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
        DoubleKernels.fill(value, array[slot], offset[slot] + from, count);
    }

    @Override
    void spread(int slot, int count, int times) {
        double[] x = array[slot];
        int at = offset[slot];
        for (int i = count - 1; i >= 0; i--) {
            double value = x[at + i];
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
        double[] xs = array[x];
        double[] out = array[target];
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
        double[] xs = array[x];
        int xAt = offset[x];
        double[] out = array[target];
        int at = offset[target];
        switch (operation) {
            case NEGATE -> DoubleKernels.neg(xs, xAt, out, at, count);
            case ABS -> DoubleKernels.abs(xs, xAt, out, at, count);
            case SQRT -> DoubleKernels.sqrt(xs, xAt, out, at, count);
            case EXP -> DoubleKernels.exp(xs, xAt, out, at, count);
            case EXPM1 -> DoubleKernels.expm1(xs, xAt, out, at, count);
            case LOG -> DoubleKernels.log(xs, xAt, out, at, count);
            case LOG1P -> DoubleKernels.log1p(xs, xAt, out, at, count);
            case TANH -> DoubleKernels.tanh(xs, xAt, out, at, count);
        }
    }

    @Override
    void binary(BinaryOperation operation, int target, int x, int y, int count) {
        double[] xs = array[x];
        int xAt = offset[x];
        double[] ys = array[y];
        int yAt = offset[y];
        double[] out = array[target];
        int at = offset[target];
        switch (operation) {
            case ADD -> DoubleKernels.add(xs, xAt, ys, yAt, out, at, count);
            case SUBTRACT -> DoubleKernels.sub(xs, xAt, ys, yAt, out, at, count);
            case MULTIPLY -> DoubleKernels.mul(xs, xAt, ys, yAt, out, at, count);
            case DIVIDE -> DoubleKernels.div(xs, xAt, ys, yAt, out, at, count);
            case MIN -> DoubleKernels.min(xs, xAt, ys, yAt, out, at, count);
            case MAX -> DoubleKernels.max(xs, xAt, ys, yAt, out, at, count);
            case LESS -> DoubleKernels.lt(xs, xAt, ys, yAt, out, at, count);
            case LESS_OR_EQUAL -> DoubleKernels.le(xs, xAt, ys, yAt, out, at, count);
            case EQUAL -> DoubleKernels.eq(xs, xAt, ys, yAt, out, at, count);
        }
    }

    @Override
    void select(int target, int condition, int whenTrue, int whenFalse, int count) {
        DoubleKernels.select(array[condition], offset[condition], array[whenTrue], offset[whenTrue],
                array[whenFalse], offset[whenFalse], array[target], offset[target], count);
    }

    @Override
    void reduceColumns(Reduction reduction, int target, int x, int rows, int columns) {
        if (accumulators.length < columns) {
            accumulators = new double[columns];
        }
        Arrays.fill(accumulators, 0, columns, Evaluator.neutral(reduction));
        for (int i = 0; i < rows; i++) {
            reduceInto(reduction, accumulators, 0, x, i * columns, columns);
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(accumulators, 0, array[target], offset[target] + i * columns, columns);
        }
    }

    @Override
    double reduce(Reduction reduction, int slot, int from, int count) {
        return switch (reduction) {
            case SUM -> DoubleKernels.sum(array[slot], offset[slot] + from, count);
            case MAX -> DoubleKernels.max(array[slot], offset[slot] + from, count);
        };
    }

    @Override
    void reduceInto(Reduction reduction, double[] accumulators, int to, int slot, int from, int count) {
        double[] x = array[slot];
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
