package org.altmin.linalg.cpu.internal;

import java.util.Arrays;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.UnaryOperation;

/** Registers of {@code float}s. */
final class FloatLanes extends Lanes {

    private float[][] array = {};
    private double[] sums = {};

    @Override
    void reserve(int registers, int width) {
        int had = array.length;
        if (had < registers) {
            array = Arrays.copyOf(array, registers);
            Arrays.fill(array, had, registers, new float[0]);
        }
        for (int register = 0; register < registers; register++) {
            if (array[register].length < width) {
                array[register] = new float[width];
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
        FloatKernels.fill((float) value, array[register], from, count);
    }

    @Override
    double first(int register) {
        return array[register][0];
    }

    @Override
    void spread(int register, int count, int times) {
        float[] x = array[register];
        for (int i = count - 1; i >= 0; i--) {
            float value = x[i];
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
        float[] xs = array[x];
        float[] out = array[target];
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
        binary(operation, array[x], (float) number, numberFirst, array[target], 0, count);
    }

    /** Of {@code count} elements, from the same index on. */
    static void unary(UnaryOperation operation, float[] x, float[] out, int at, int count) {
        switch (operation) {
            case NEGATE -> FloatKernels.neg(x, at, out, at, count);
            case ABS -> FloatKernels.abs(x, at, out, at, count);
            case SQRT -> FloatKernels.sqrt(x, at, out, at, count);
            case EXP -> FloatKernels.exp(x, at, out, at, count);
            case EXPM1 -> FloatKernels.expm1(x, at, out, at, count);
            case LOG -> FloatKernels.log(x, at, out, at, count);
            case LOG1P -> FloatKernels.log1p(x, at, out, at, count);
            case TANH -> FloatKernels.tanh(x, at, out, at, count);
            case LOGISTIC -> FloatKernels.logistic(x, at, out, at, count);
        }
    }

    static void binary(BinaryOperation operation, float[] x, float[] y, float[] out, int at, int count) {
        switch (operation) {
            case ADD -> FloatKernels.add(x, at, y, at, out, at, count);
            case SUBTRACT -> FloatKernels.sub(x, at, y, at, out, at, count);
            case MULTIPLY -> FloatKernels.mul(x, at, y, at, out, at, count);
            case DIVIDE -> FloatKernels.div(x, at, y, at, out, at, count);
            case MIN -> FloatKernels.min(x, at, y, at, out, at, count);
            case MAX -> FloatKernels.max(x, at, y, at, out, at, count);
            case LESS -> FloatKernels.lt(x, at, y, at, out, at, count);
            case LESS_OR_EQUAL -> FloatKernels.le(x, at, y, at, out, at, count);
            case EQUAL -> FloatKernels.eq(x, at, y, at, out, at, count);
        }
    }

    /** With a number in place of the second operand, or of the first one. */
    static void binary(BinaryOperation operation, float[] x, float number, boolean numberFirst, float[] out, int at,
            int count) {
        int to = at + count;
        switch (operation) {
            case ADD -> FloatScalarKernels.add(x, number, out, at, to);
            case MULTIPLY -> FloatScalarKernels.multiply(x, number, out, at, to);
            case MIN -> FloatScalarKernels.min(x, number, out, at, to);
            case MAX -> FloatScalarKernels.max(x, number, out, at, to);
            case SUBTRACT -> {
                if (numberFirst) {
                    FloatScalarKernels.reverseSubtract(x, number, out, at, to);
                } else {
                    FloatScalarKernels.add(x, -number, out, at, to);
                }
            }
            case DIVIDE -> {
                if (numberFirst) {
                    FloatScalarKernels.reverseDivide(x, number, out, at, to);
                } else {
                    FloatScalarKernels.divide(x, number, out, at, to);
                }
            }
            case LESS, LESS_OR_EQUAL, EQUAL -> throw new IllegalArgumentException(operation + " takes no number");
        }
    }

    @Override
    void select(int target, int condition, int whenTrue, int whenFalse, int count) {
        FloatKernels.select(array[condition], 0, array[whenTrue], 0, array[whenFalse], 0, array[target], 0, count);
    }

    @Override
    void reduceColumns(Reduction reduction, int target, int x, int rows, int columns) {
        float[] out = array[target];
        switch (reduction) {
            case SUM -> sumColumns(out, x, rows, columns);
            case MAX -> {
                System.arraycopy(array[x], 0, out, 0, columns);
                for (int i = 1; i < rows; i++) {
                    FloatKernels.max(array[x], i * columns, out, 0, out, 0, columns);
                }
            }
        }
        for (int i = 1; i < rows; i++) {
            System.arraycopy(out, 0, out, i * columns, columns);
        }
    }

    private void sumColumns(float[] out, int x, int rows, int columns) {
        if (sums.length < columns) {
            sums = new double[columns];
        }
        Arrays.fill(sums, 0, columns, 0);
        for (int i = 0; i < rows; i++) {
            reduceInto(Reduction.SUM, sums, 0, x, i * columns, columns);
        }
        for (int j = 0; j < columns; j++) {
            out[j] = (float) sums[j];
        }
    }

    @Override
    double reduce(Reduction reduction, int register, int from, int count) {
        return switch (reduction) {
            case SUM -> FloatKernels.sum(array[register], from, count);
            case MAX -> FloatKernels.max(array[register], from, count);
        };
    }

    @Override
    void reduceInto(Reduction reduction, double[] accumulators, int to, int register, int from, int count) {
        float[] x = array[register];
        switch (reduction) {
            case SUM -> FloatKernels.accumulate(accumulators, to, x, from, count);
            case MAX -> {
                for (int i = 0; i < count; i++) {
                    accumulators[to + i] = Math.max(accumulators[to + i], x[from + i]);
                }
            }
        }
    }
}
