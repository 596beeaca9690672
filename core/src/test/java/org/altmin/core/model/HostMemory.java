package org.altmin.core.model;

import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Buffer;
import org.altmin.linalg.spi.Factorization;

/** A backend that only stores: enough to test what goes to and from files. */
public final class HostMemory implements Backend {

    private final Precision precision;

    private HostMemory(Precision precision) {
        this.precision = precision;
    }

    public static LinearAlgebra open(Precision precision) {
        return new LinearAlgebra("host-memory", new HostMemory(precision));
    }

    private record Storage(double[] values) implements Buffer {

        @Override
        public long length() {
            return values.length;
        }
    }

    @Override
    public String description() {
        return "host memory without operations";
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public long availableMemory() {
        return Long.MAX_VALUE;
    }

    @Override
    public Buffer allocate(long length) {
        return new Storage(new double[Math.toIntExact(length)]);
    }

    @Override
    public void release(Buffer buffer) {
    }

    @Override
    public void upload(float[] source, int offset, Matrix target) {
        for (int i = 0; i < target.size(); i++) {
            values(target)[(int) target.offset() + i] = source[offset + i];
        }
    }

    @Override
    public void upload(double[] source, int offset, Matrix target) {
        for (int i = 0; i < target.size(); i++) {
            double value = source[offset + i];
            values(target)[(int) target.offset() + i] = precision == Precision.FLOAT32 ? (float) value : value;
        }
    }

    @Override
    public void download(Matrix source, float[] target, int offset) {
        for (int i = 0; i < source.size(); i++) {
            target[offset + i] = (float) values(source)[(int) source.offset() + i];
        }
    }

    @Override
    public void download(Matrix source, double[] target, int offset) {
        System.arraycopy(values(source), (int) source.offset(), target, offset, (int) source.size());
    }

    @Override
    public void copy(Matrix source, Matrix target) {
        System.arraycopy(values(source), (int) source.offset(), values(target), (int) target.offset(),
                (int) source.size());
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void apply(Kernel kernel, Matrix[] outputs, double[] totals, int rows, int columns, double[] parameters,
            Matrix[] inputs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reduceRows(Kernel kernel, Reduction reduction, Matrix target, int columns, double[] parameters,
            Matrix[] inputs) {
        throw new UnsupportedOperationException();
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

    @Override
    public Factorization factorization(int order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void synchronize() {
    }

    @Override
    public void close() {
    }

    private static double[] values(Matrix matrix) {
        return ((Storage) matrix.buffer()).values();
    }
}
