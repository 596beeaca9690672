package org.altmin.gpucheck;

import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Buffer;
import org.altmin.linalg.spi.Factorization;

/** A backend that adds up the time of its products, waiting before and after each, and their operations. */
final class TimedBackend implements Backend {

    private final Backend backend;
    private long nanoseconds;
    private double operations;

    TimedBackend(Backend backend) {
        this.backend = backend;
    }

    void clear() {
        nanoseconds = 0;
        operations = 0;
    }

    /** Seconds of products since {@link #clear()}. */
    double productSeconds() {
        return nanoseconds * 1e-9;
    }

    /** Floating-point operations of products since {@link #clear()}. */
    double operations() {
        return operations;
    }

    private void time(double cost, Runnable product) {
        backend.synchronize();
        long start = System.nanoTime();
        product.run();
        backend.synchronize();
        nanoseconds += System.nanoTime() - start;
        operations += cost;
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        double inner = transposeA ? a.rows() : a.columns();
        time(2 * inner * c.size(), () -> backend.gemm(alpha, a, transposeA, b, transposeB, beta, c));
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        double inner = transposed ? a.rows() : a.columns();
        time(inner * c.size(), () -> backend.syrk(alpha, a, transposed, beta, c));
    }

    @Override
    public String description() {
        return backend.description();
    }

    @Override
    public Precision precision() {
        return backend.precision();
    }

    @Override
    public long availableMemory() {
        return backend.availableMemory();
    }

    @Override
    public Buffer allocate(long length) {
        return backend.allocate(length);
    }

    @Override
    public void release(Buffer buffer) {
        backend.release(buffer);
    }

    @Override
    public void upload(float[] source, int offset, Matrix target) {
        backend.upload(source, offset, target);
    }

    @Override
    public void upload(double[] source, int offset, Matrix target) {
        backend.upload(source, offset, target);
    }

    @Override
    public void download(Matrix source, float[] target, int offset) {
        backend.download(source, target, offset);
    }

    @Override
    public void download(Matrix source, double[] target, int offset) {
        backend.download(source, target, offset);
    }

    @Override
    public void copy(Matrix source, Matrix target) {
        backend.copy(source, target);
    }

    @Override
    public void apply(Kernel kernel, Matrix[] outputs, double[] totals, int rows, int columns, double[] parameters,
            Matrix[] inputs) {
        backend.apply(kernel, outputs, totals, rows, columns, parameters, inputs);
    }

    @Override
    public void reduceRows(Kernel kernel, Reduction reduction, Matrix target, int columns, double[] parameters,
            Matrix[] inputs) {
        backend.reduceRows(kernel, reduction, target, columns, parameters, inputs);
    }

    @Override
    public void reduceColumns(Kernel kernel, Reduction reduction, Matrix target, int rows, double[] parameters,
            Matrix[] inputs) {
        backend.reduceColumns(kernel, reduction, target, rows, parameters, inputs);
    }

    @Override
    public void gatherColumns(Matrix source, int[] columns, int from, Matrix target) {
        backend.gatherColumns(source, columns, from, target);
    }

    @Override
    public void argmaxColumns(Matrix source, int[] target) {
        backend.argmaxColumns(source, target);
    }

    @Override
    public double trace(Matrix a) {
        return backend.trace(a);
    }

    @Override
    public Factorization factorization(int order) {
        return backend.factorization(order);
    }

    @Override
    public void synchronize() {
        backend.synchronize();
    }

    @Override
    public void close() {
        backend.close();
    }
}
