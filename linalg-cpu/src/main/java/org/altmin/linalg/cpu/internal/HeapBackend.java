package org.altmin.linalg.cpu.internal;

import java.util.Locale;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Buffer;
import org.altmin.linalg.spi.Factorization;

/** A backend that keeps matrices in heap arrays and evaluates kernels in Java; products are a {@link Products}'. */
public final class HeapBackend implements Backend {

    /** Elements a worker moves at a time. */
    private static final int MOVED_AT_ONCE = 1 << 16;

    private final Precision precision;
    private final Workers workers;
    private final Products products;
    private final Evaluator evaluator;

    /** Takes over workers and products, and closes them when it is closed. */
    public HeapBackend(Precision precision, Workers workers, Products products) {
        this.precision = precision;
        this.workers = workers;
        this.products = products;
        this.evaluator = new Evaluator(precision, workers);
    }

    @Override
    public String description() {
        int threads = workers.threads();
        return products.description() + ", " + threads + (threads == 1 ? " thread, " : " threads, ")
                + precision.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Precision precision() {
        return precision;
    }

    /** What the heap may still grow to hold; garbage that is not collected yet counts as used. */
    @Override
    public long availableMemory() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }

    @Override
    public Buffer allocate(long length) {
        return HeapBuffer.allocate(precision, length);
    }

    /** The collector takes it. */
    @Override
    public void release(Buffer buffer) {
    }

    @Override
    public void upload(float[] source, int offset, Matrix target) {
        HeapBuffer buffer = HeapBuffer.of(target);
        int at = HeapBuffer.offset(target);
        move(target.size(), (from, count) -> buffer.write(at + from, source, offset + from, count));
    }

    @Override
    public void upload(double[] source, int offset, Matrix target) {
        HeapBuffer buffer = HeapBuffer.of(target);
        int at = HeapBuffer.offset(target);
        move(target.size(), (from, count) -> buffer.write(at + from, source, offset + from, count));
    }

    @Override
    public void download(Matrix source, float[] target, int offset) {
        HeapBuffer buffer = HeapBuffer.of(source);
        int at = HeapBuffer.offset(source);
        move(source.size(), (from, count) -> buffer.read(at + from, target, offset + from, count));
    }

    @Override
    public void download(Matrix source, double[] target, int offset) {
        HeapBuffer buffer = HeapBuffer.of(source);
        int at = HeapBuffer.offset(source);
        move(source.size(), (from, count) -> buffer.read(at + from, target, offset + from, count));
    }

    @Override
    public void copy(Matrix source, Matrix target) {
        HeapBuffer from = HeapBuffer.of(source);
        int fromAt = HeapBuffer.offset(source);
        HeapBuffer to = HeapBuffer.of(target);
        int toAt = HeapBuffer.offset(target);
        move(source.size(), (at, count) -> to.copy(toAt + at, from, fromAt + at, count));
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        products.gemm(alpha, a, transposeA, b, transposeB, beta, c);
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        products.syrk(alpha, a, transposed, beta, c);
    }

    @Override
    public void apply(Kernel kernel, Matrix[] outputs, double[] totals, int rows, int columns, double[] parameters,
            Matrix[] inputs) {
        evaluator.apply(kernel, outputs, totals, rows, columns, parameters, inputs);
    }

    @Override
    public void reduceRows(Kernel kernel, Reduction reduction, Matrix target, int columns, double[] parameters,
            Matrix[] inputs) {
        evaluator.reduceRows(kernel, reduction, target, columns, parameters, inputs);
    }

    @Override
    public void reduceColumns(Kernel kernel, Reduction reduction, Matrix target, int rows, double[] parameters,
            Matrix[] inputs) {
        evaluator.reduceColumns(kernel, reduction, target, rows, parameters, inputs);
    }

    @Override
    public void gatherColumns(Matrix source, int[] columns, int from, Matrix target) {
        HeapBuffer of = HeapBuffer.of(source);
        int ofAt = HeapBuffer.offset(source);
        HeapBuffer to = HeapBuffer.of(target);
        int toAt = HeapBuffer.offset(target);
        int rows = source.rows();
        forColumns(target, column ->
                to.copy(toAt + column * rows, of, ofAt + columns[from + column] * rows, rows));
    }

    @Override
    public void argmaxColumns(Matrix source, int[] target) {
        HeapBuffer buffer = HeapBuffer.of(source);
        int at = HeapBuffer.offset(source);
        int rows = source.rows();
        forColumns(source, column -> target[column] = buffer.argmax(at + column * rows, rows));
    }

    @Override
    public double trace(Matrix a) {
        HeapBuffer buffer = HeapBuffer.of(a);
        int at = HeapBuffer.offset(a);
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            sum += buffer.get(at + i * (a.rows() + 1));
        }
        return sum;
    }

    @Override
    public Factorization factorization(int order) {
        return products.factorization(order);
    }

    /** Every operation is done when it returns. */
    @Override
    public void synchronize() {
    }

    @Override
    public void close() {
        products.close();
        workers.close();
    }

    @FunctionalInterface
    private interface Range {
        void move(int from, int count);
    }

    @FunctionalInterface
    private interface Column {
        void visit(int column);
    }

    private void move(long size, Range range) {
        int elements = (int) size;
        workers.run(blocks(elements), (worker, block) -> {
            int from = block * MOVED_AT_ONCE;
            range.move(from, Math.min(MOVED_AT_ONCE, elements - from));
        });
    }

    private void forColumns(Matrix matrix, Column visitor) {
        int group = Math.max(1, MOVED_AT_ONCE / Math.max(1, matrix.rows()));
        int columns = matrix.columns();
        workers.run((columns + group - 1) / group, (worker, block) -> {
            int end = Math.min(columns, (block + 1) * group);
            for (int column = block * group; column < end; column++) {
                visitor.visit(column);
            }
        });
    }

    private static int blocks(int elements) {
        return elements / MOVED_AT_ONCE + (elements % MOVED_AT_ONCE == 0 ? 0 : 1);
    }
}
