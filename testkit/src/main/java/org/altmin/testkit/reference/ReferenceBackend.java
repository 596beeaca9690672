package org.altmin.testkit.reference;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Buffer;
import org.altmin.linalg.spi.Factorization;

/** Elements are doubles, rounded to float when stored if the precision is FLOAT32. */
final class ReferenceBackend implements Backend {

    private record Values(double[] array) implements Buffer {

        @Override
        public long length() {
            return array.length;
        }
    }

    private final Precision precision;
    private final LongSupplier freeBytes;

    ReferenceBackend(Precision precision, LongSupplier freeBytes) {
        this.precision = precision;
        this.freeBytes = freeBytes;
    }

    @Override
    public String description() {
        return "reference in nested loops, 1 thread";
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public long availableMemory() {
        return freeBytes.getAsLong();
    }

    @Override
    public Buffer allocate(long length) {
        return new Values(new double[Math.toIntExact(length)]);
    }

    @Override
    public void release(Buffer buffer) {
        // The garbage collector does it.
    }

    @Override
    public void upload(float[] source, int offset, Matrix target) {
        for (int i = 0; i < target.size(); i++) {
            write(target, i, source[offset + i]);
        }
    }

    @Override
    public void upload(double[] source, int offset, Matrix target) {
        for (int i = 0; i < target.size(); i++) {
            write(target, i, source[offset + i]);
        }
    }

    @Override
    public void download(Matrix source, float[] target, int offset) {
        for (int i = 0; i < source.size(); i++) {
            target[offset + i] = (float) read(source, i);
        }
    }

    @Override
    public void download(Matrix source, double[] target, int offset) {
        for (int i = 0; i < source.size(); i++) {
            target[offset + i] = read(source, i);
        }
    }

    @Override
    public void copy(Matrix source, Matrix target) {
        for (int i = 0; i < source.size(); i++) {
            write(target, i, read(source, i));
        }
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        Dense left = transposeA ? host(a).transposed() : host(a);
        Dense right = transposeB ? host(b).transposed() : host(b);
        Dense product = left.times(right);
        for (int i = 0; i < c.size(); i++) {
            double old = beta == 0 ? 0 : beta * read(c, i);
            write(c, i, alpha * product.values()[i] + old);
        }
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        gemm(alpha, a, transposed, a, !transposed, beta, c);
    }

    @Override
    public void apply(Kernel kernel, Matrix[] outputs, double[] totals, int rows, int columns, double[] parameters,
            Matrix[] inputs) {
        for (int k = 0; k < totals.length; k++) {
            totals[k] = neutral(kernel.totals().get(k).reduction());
        }
        Program program = new Program(kernel, precision, rows, parameters);
        for (int j = 0; j < columns; j++) {
            double[][] registers = program.run(columns(inputs, rows, j));
            for (int k = 0; k < outputs.length; k++) {
                double[] output = registers[kernel.outputs().get(k)];
                for (int i = 0; i < rows; i++) {
                    write(outputs[k], j * rows + i, output[i]);
                }
            }
            for (int k = 0; k < totals.length; k++) {
                Kernel.Total total = kernel.totals().get(k);
                for (double value : registers[total.register()]) {
                    totals[k] = reduced(total.reduction(), totals[k], value);
                }
            }
        }
    }

    @Override
    public void reduceRows(Kernel kernel, Reduction reduction, Matrix target, int columns, double[] parameters,
            Matrix[] inputs) {
        int rows = target.rows();
        double[] result = new double[rows];
        Arrays.fill(result, neutral(reduction));
        Program program = new Program(kernel, precision, rows, parameters);
        for (int j = 0; j < columns; j++) {
            double[] output = program.run(columns(inputs, rows, j))[kernel.outputs().get(0)];
            for (int i = 0; i < rows; i++) {
                result[i] = reduced(reduction, result[i], output[i]);
            }
        }
        upload(result, 0, target);
    }

    @Override
    public void reduceColumns(Kernel kernel, Reduction reduction, Matrix target, int rows, double[] parameters,
            Matrix[] inputs) {
        Program program = new Program(kernel, precision, rows, parameters);
        for (int j = 0; j < target.columns(); j++) {
            double result = neutral(reduction);
            for (double value : program.run(columns(inputs, rows, j))[kernel.outputs().get(0)]) {
                result = reduced(reduction, result, value);
            }
            write(target, j, result);
        }
    }

    @Override
    public void gatherColumns(Matrix source, int[] columns, int from, Matrix target) {
        for (int j = 0; j < target.columns(); j++) {
            for (int i = 0; i < source.rows(); i++) {
                write(target, j * source.rows() + i, read(source, columns[from + j] * source.rows() + i));
            }
        }
    }

    @Override
    public void argmaxColumns(Matrix source, int[] target) {
        for (int j = 0; j < source.columns(); j++) {
            int best = 0;
            boolean hasNaN = false;
            for (int i = 0; i < source.rows(); i++) {
                double value = read(source, j * source.rows() + i);
                hasNaN |= Double.isNaN(value);
                if (value > read(source, j * source.rows() + best)) {
                    best = i;
                }
            }
            target[j] = hasNaN ? -1 : best;
        }
    }

    @Override
    public Factorization factorization(int order) {
        return new ReferenceFactorization(this, order);
    }

    @Override
    public void synchronize() {
        // Everything is done already.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    double read(Matrix matrix, int index) {
        return array(matrix)[(int) matrix.offset() + index];
    }

    void write(Matrix matrix, int index, double value) {
        array(matrix)[(int) matrix.offset() + index] = precision == Precision.FLOAT32 ? (float) value : value;
    }

    private static double[] array(Matrix matrix) {
        return ((Values) matrix.buffer()).array();
    }

    private Dense host(Matrix matrix) {
        double[] values = new double[(int) matrix.size()];
        download(matrix, values, 0);
        return new Dense(matrix.rows(), matrix.columns(), values);
    }

    /** Column j of every input, broadcast to {@code rows} elements. */
    private double[][] columns(Matrix[] inputs, int rows, int j) {
        double[][] result = new double[inputs.length][rows];
        for (int k = 0; k < inputs.length; k++) {
            Matrix input = inputs[k];
            int start = input.columns() == 1 ? 0 : j * input.rows();
            for (int i = 0; i < rows; i++) {
                result[k][i] = read(input, start + (input.rows() == 1 ? 0 : i));
            }
        }
        return result;
    }

    private static double neutral(Reduction reduction) {
        return reduction == Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY;
    }

    private static double reduced(Reduction reduction, double soFar, double value) {
        return reduction == Reduction.SUM ? soFar + value : Math.max(soFar, value);
    }
}
