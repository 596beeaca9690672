package org.altmin.linalg.cpu.internal;

import java.util.Arrays;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.UnaryOperation;

/** Registers of {@code double}s. */
final class DoubleLanes extends Lanes {

    private double[][] array = {};
    private double[] accumulators = {};

    @Override
    void reserve(int registers, int width) {
        int had = array.length;
        if (had < registers) {
            array = Arrays.copyOf(array, registers);
            Arrays.fill(array, had, registers, new double[0]);
        }
        for (int register = 0; register < registers; register++) {
            if (array[register].length < width) {
                array[register] = new double[width];
            }
        }
    }

    @Override
    void load(int register, int to, HeapBuffer source, int from, int count) {
        source.read(from, array[register], to, count);
    }

    @Override
    void store(int register, HeapBuffer target, int to, int count) {
        target.write(to, array[register], 0, count);
    }

    @Override
    void fill(int register, int from, int count, double value) {
        DoubleKernels.fill(value, array[register], from, count);
    }

    @Override
    void spread(int register, int count, int times) {
        double[] x = array[register];
        for (int i = count - 1; i >= 0; i--) {
            double value = x[i];
            for (int k = i * times; k < (i + 1) * times; k++) {
                x[k] = value;
            }
        }
    }

    @Override
    void copy(int target, int x, int count) {
        System.arraycopy(array[x], 0, array[target], 0, count);
    }

    @Override
    void transpose(int target, int x, int rows, int columns) {
        double[] xs = array[x];
        double[] out = array[target];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[i * columns + j] = xs[i + j * rows];
            }
        }
    }

    @Override
    void unary(UnaryOperation operation, int target, int x, int count) {
        double[] xs = array[x];
        double[] out = array[target];
        switch (operation) {
            case NEGATE -> DoubleKernels.neg(xs, 0, out, 0, count);
            case ABS -> DoubleKernels.abs(xs, 0, out, 0, count);
            case SQRT -> DoubleKernels.sqrt(xs, 0, out, 0, count);
            case EXP -> DoubleKernels.exp(xs, 0, out, 0, count);
            case EXPM1 -> DoubleKernels.expm1(xs, 0, out, 0, count);
            case LOG -> DoubleKernels.log(xs, 0, out, 0, count);
            case LOG1P -> DoubleKernels.log1p(xs, 0, out, 0, count);
            case TANH -> DoubleKernels.tanh(xs, 0, out, 0, count);
        }
    }

    @Override
    void binary(BinaryOperation operation, int target, int x, int y, int count) {
        double[] xs = array[x];
        double[] ys = array[y];
        double[] out = array[target];
        switch (operation) {
            case ADD -> DoubleKernels.add(xs, 0, ys, 0, out, 0, count);
            case SUBTRACT -> DoubleKernels.sub(xs, 0, ys, 0, out, 0, count);
            case MULTIPLY -> DoubleKernels.mul(xs, 0, ys, 0, out, 0, count);
            case DIVIDE -> DoubleKernels.div(xs, 0, ys, 0, out, 0, count);
            case MIN -> DoubleKernels.min(xs, 0, ys, 0, out, 0, count);
            case MAX -> DoubleKernels.max(xs, 0, ys, 0, out, 0, count);
            case LESS -> DoubleKernels.lt(xs, 0, ys, 0, out, 0, count);
            case LESS_OR_EQUAL -> DoubleKernels.le(xs, 0, ys, 0, out, 0, count);
            case EQUAL -> DoubleKernels.eq(xs, 0, ys, 0, out, 0, count);
        }
    }

    @Override
    void select(int target, int condition, int whenTrue, int whenFalse, int count) {
        DoubleKernels.select(array[condition], 0, array[whenTrue], 0, array[whenFalse], 0, array[target], 0, count);
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
            System.arraycopy(accumulators, 0, array[target], i * columns, columns);
        }
    }

    @Override
    double reduce(Reduction reduction, int register, int from, int count) {
        return switch (reduction) {
            case SUM -> DoubleKernels.sum(array[register], from, count);
            case MAX -> DoubleKernels.max(array[register], from, count);
        };
    }

    @Override
    void reduceInto(Reduction reduction, double[] accumulators, int to, int register, int from, int count) {
        double[] x = array[register];
        switch (reduction) {
            case SUM -> {
                for (int i = 0; i < count; i++) {
                    accumulators[to + i] += x[from + i];
                }
            }
            case MAX -> {
                for (int i = 0; i < count; i++) {
                    accumulators[to + i] = Math.max(accumulators[to + i], x[from + i]);
                }
            }
        }
    }
}
