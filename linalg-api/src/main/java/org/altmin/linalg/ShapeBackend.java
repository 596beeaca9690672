package org.altmin.linalg;

import java.util.Arrays;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Buffer;
import org.altmin.linalg.spi.Factorization;

/** Matrices that have shapes but no elements: nothing is stored or computed, and whatever is read is 0. */
final class ShapeBackend implements Backend {

    private final Precision precision;

    ShapeBackend(Precision precision) {
        this.precision = precision;
    }

    private record Length(long length) implements Buffer {
    }

    private static final class ShapeFactorization implements Factorization {

        @Override
        public void factor(Matrix symmetric, double shift) {
        }

        @Override
        public void solveLeft(Matrix b) {
        }

        @Override
        public void solveRight(Matrix b) {
        }

        @Override
        public void inverse(Matrix target) {
        }

        @Override
        public void close() {
        }
    }

    @Override
    public String description() {
        return "shapes without elements";
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
        return new Length(length);
    }

    @Override
    public void release(Buffer buffer) {
    }

    @Override
    public void upload(float[] source, int offset, Matrix target) {
    }

    @Override
    public void upload(double[] source, int offset, Matrix target) {
    }

    @Override
    public void download(Matrix source, float[] target, int offset) {
        Arrays.fill(target, offset, offset + Math.toIntExact(source.size()), 0);
    }

    @Override
    public void download(Matrix source, double[] target, int offset) {
        Arrays.fill(target, offset, offset + Math.toIntExact(source.size()), 0);
    }

    @Override
    public void copy(Matrix source, Matrix target) {
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
    }

    @Override
    public void apply(Kernel kernel, Matrix[] outputs, double[] totals, int rows, int columns, double[] parameters,
            Matrix[] inputs) {
        Arrays.fill(totals, 0);
    }

    @Override
    public void reduceRows(Kernel kernel, Reduction reduction, Matrix target, int columns, double[] parameters,
            Matrix[] inputs) {
    }

    @Override
    public void reduceColumns(Kernel kernel, Reduction reduction, Matrix target, int rows, double[] parameters,
            Matrix[] inputs) {
    }

    @Override
    public void gatherColumns(Matrix source, int[] columns, int from, Matrix target) {
    }

    @Override
    public void argmaxColumns(Matrix source, int[] target) {
        Arrays.fill(target, 0, source.columns(), 0);
    }

    @Override
    public double trace(Matrix a) {
        return 0;
    }

    @Override
    public Factorization factorization(int order) {
        return new ShapeFactorization();
    }

    @Override
    public void synchronize() {
    }

    @Override
    public void close() {
    }
}
