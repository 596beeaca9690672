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
    double first(int register) {
        return array[register][0];
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
        unary(operation, array[x], array[target], 0, count);
    }

    @Override
    void binary(BinaryOperation operation, int target, int x, int y, int count) {
        binary(operation, array[x], array[y], array[target], 0, count);
    }

    @Override
    void binary(BinaryOperation operation, int target, int x, double number, boolean numberFirst, int count) {
        binary(operation, array[x], number, numberFirst, array[target], 0, count);
    }

    /** Of {@code count} elements, from the same index on. */
    static void unary(UnaryOperation operation, double[] x, double[] out, int at, int count) {
        switch (operation) {
            case NEGATE -> DoubleKernels.neg(x, at, out, at, count);
            case ABS -> DoubleKernels.abs(x, at, out, at, count);
            case SQRT -> DoubleKernels.sqrt(x, at, out, at, count);
            case EXP -> DoubleKernels.exp(x, at, out, at, count);
            case EXPM1 -> DoubleKernels.expm1(x, at, out, at, count);
            case LOG -> DoubleKernels.log(x, at, out, at, count);
            case LOG1P -> DoubleKernels.log1p(x, at, out, at, count);
            case TANH -> DoubleKernels.tanh(x, at, out, at, count);
            case LOGISTIC -> DoubleKernels.logistic(x, at, out, at, count);
        }
    }

    static void binary(BinaryOperation operation, double[] x, double[] y, double[] out, int at, int count) {
        switch (operation) {
            case ADD -> DoubleKernels.add(x, at, y, at, out, at, count);
            case SUBTRACT -> DoubleKernels.sub(x, at, y, at, out, at, count);
            case MULTIPLY -> DoubleKernels.mul(x, at, y, at, out, at, count);
            case DIVIDE -> DoubleKernels.div(x, at, y, at, out, at, count);
            case MIN -> DoubleKernels.min(x, at, y, at, out, at, count);
            case MAX -> DoubleKernels.max(x, at, y, at, out, at, count);
            case LESS -> DoubleKernels.lt(x, at, y, at, out, at, count);
            case LESS_OR_EQUAL -> DoubleKernels.le(x, at, y, at, out, at, count);
            case EQUAL -> DoubleKernels.eq(x, at, y, at, out, at, count);
        }
    }

    /** With a number in place of the second operand, or of the first one. */
    static void binary(BinaryOperation operation, double[] x, double number, boolean numberFirst, double[] out, int at,
            int count) {
        int to = at + count;
        switch (operation) {
            case ADD -> DoubleScalarKernels.add(x, number, out, at, to);
            case MULTIPLY -> DoubleScalarKernels.multiply(x, number, out, at, to);
            case MIN -> DoubleScalarKernels.min(x, number, out, at, to);
            case MAX -> DoubleScalarKernels.max(x, number, out, at, to);
            case SUBTRACT -> {
                if (numberFirst) {
                    DoubleScalarKernels.reverseSubtract(x, number, out, at, to);
                } else {
                    DoubleScalarKernels.add(x, -number, out, at, to);
                }
            }
            case DIVIDE -> {
                if (numberFirst) {
                    DoubleScalarKernels.reverseDivide(x, number, out, at, to);
                } else {
                    DoubleScalarKernels.divide(x, number, out, at, to);
                }
            }
            case LESS, LESS_OR_EQUAL, EQUAL -> throw new IllegalArgumentException(operation + " takes no number");
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
            case SUM -> DoubleKernels.accumulate(accumulators, to, x, from, count);
            case MAX -> {
                for (int i = 0; i < count; i++) {
                    accumulators[to + i] = Math.max(accumulators[to + i], x[from + i]);
                }
            }
        }
    }
}
