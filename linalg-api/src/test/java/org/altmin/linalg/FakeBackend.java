package org.altmin.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Buffer;
import org.altmin.linalg.spi.Factorization;

/** Just enough of a backend in double for the tests of this module; it writes down what it was asked to release. */
final class FakeBackend implements Backend {

    record Elements(double[] array) implements Buffer {

        @Override
        public long length() {
            return array.length;
        }
    }

    final List<Buffer> released = new ArrayList<>();
    int openFactorizations;
    boolean closed;

    static LinearAlgebra open() {
        return new LinearAlgebra("fake", new FakeBackend());
    }

    @Override
    public String description() {
        return "fake";
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT64;
    }

    @Override
    public long availableMemory() {
        return 8000;
    }

    @Override
    public Buffer allocate(long length) {
        return new Elements(new double[(int) length]);
    }

    @Override
    public void release(Buffer buffer) {
        released.add(buffer);
    }

    @Override
    public void upload(float[] source, int offset, Matrix target) {
        for (int i = 0; i < target.size(); i++) {
            set(target, i, source[offset + i]);
        }
    }

    @Override
    public void upload(double[] source, int offset, Matrix target) {
        for (int i = 0; i < target.size(); i++) {
            set(target, i, source[offset + i]);
        }
    }

    @Override
    public void download(Matrix source, float[] target, int offset) {
        for (int i = 0; i < source.size(); i++) {
            target[offset + i] = (float) get(source, i);
        }
    }

    @Override
    public void download(Matrix source, double[] target, int offset) {
        for (int i = 0; i < source.size(); i++) {
            target[offset + i] = get(source, i);
        }
    }

    @Override
    public void copy(Matrix source, Matrix target) {
        for (int i = 0; i < source.size(); i++) {
            set(target, i, get(source, i));
        }
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        int inner = transposeA ? a.rows() : a.columns();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double sum = beta == 0 ? 0 : beta * get(c, j * c.rows() + i);
                for (int k = 0; k < inner; k++) {
                    sum += alpha * get(a, transposeA ? i * a.rows() + k : k * a.rows() + i)
                            * get(b, transposeB ? k * b.rows() + j : j * b.rows() + k);
                }
                set(c, j * c.rows() + i, sum);
            }
        }
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        gemm(alpha, a, transposed, a, !transposed, beta, c);
    }

    @Override
    public void apply(Kernel kernel, Matrix[] outputs, double[] totals, int rows, int columns, double[] parameters,
            Matrix[] inputs) {
        Arrays.fill(totals, 0);
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                double[] registers = ScalarProgram.run(kernel, parameters, elements(inputs, i, j));
                for (int k = 0; k < outputs.length; k++) {
                    set(outputs[k], j * rows + i, registers[kernel.outputs().get(k)]);
                }
                for (int k = 0; k < totals.length; k++) {
                    totals[k] += registers[kernel.totals().get(k).register()];
                }
            }
        }
    }

    @Override
    public void reduceRows(Kernel kernel, Reduction reduction, Matrix target, int columns, double[] parameters,
            Matrix[] inputs) {
        for (int i = 0; i < target.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += ScalarProgram.run(kernel, parameters, elements(inputs, i, j))[kernel.outputs().get(0)];
            }
            set(target, i, sum);
        }
    }

    @Override
    public void reduceColumns(Kernel kernel, Reduction reduction, Matrix target, int rows, double[] parameters,
            Matrix[] inputs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void gatherColumns(Matrix source, int[] columns, int from, Matrix target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void argmaxColumns(Matrix source, int[] target) {
        throw new UnsupportedOperationException();
    }

    /** Of 1x1 matrices. */
    @Override
    public Factorization factorization(int order) {
        openFactorizations++;
        return new Factorization() {

            private double value;

            @Override
            public void factor(Matrix symmetric, double shift) {
                value = get(symmetric, 0) + shift;
                if (!(value > 0)) {
                    throw new NotPositiveDefiniteException(order, 0, shift);
                }
            }

            @Override
            public void solveLeft(Matrix b) {
                set(b, 0, get(b, 0) / value);
            }

            @Override
            public void solveRight(Matrix b) {
                solveLeft(b);
            }

            @Override
            public void inverse(Matrix target) {
                set(target, 0, 1 / value);
            }

            @Override
            public void close() {
                openFactorizations--;
            }
        };
    }

    @Override
    public void synchronize() {
        // Everything is done already.
    }

    @Override
    public void close() {
        closed = true;
    }

    private static double[] elements(Matrix[] inputs, int row, int column) {
        double[] result = new double[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            int j = inputs[k].columns() == 1 ? 0 : column;
            int i = inputs[k].rows() == 1 ? 0 : row;
            result[k] = get(inputs[k], j * inputs[k].rows() + i);
        }
        return result;
    }

    private static double get(Matrix matrix, int index) {
        return ((Elements) matrix.buffer()).array()[(int) matrix.offset() + index];
    }

    private static void set(Matrix matrix, int index, double value) {
        ((Elements) matrix.buffer()).array()[(int) matrix.offset() + index] = value;
    }
}
