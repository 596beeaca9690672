package org.altmin.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Buffer;
import org.altmin.linalg.spi.Factorization;

/**
 * An opened backend: the scope that owns matrices and computes with them. Every operation checks the shapes, the owner
 * and the aliasing of its operands, and writes into matrices the caller allocated before. Closing it frees everything.
 *
 * <p>Not thread-safe: one thread at a time calls it; operations use several threads inside.
 */
public final class LinearAlgebra implements AutoCloseable {

    private static final Kernel FILL = Kernel.map(Expr.parameter(0));
    private static final Kernel SCALE = Kernel.map(Expr.parameter(0).times(Expr.input(0)));
    private static final Kernel ADD = Kernel.map(Expr.input(1).plus(Expr.parameter(0).times(Expr.input(0))));
    private static final Kernel DOT = Kernel.sum(Expr.input(0).times(Expr.input(1)));
    private static final Kernel SQUARED_NORM = Kernel.sum(Expr.input(0).square());
    private static final Kernel IDENTITY = Kernel.map(Expr.input(0));
    private static final double[] NO_PARAMETERS = {};
    private static final Matrix[] NO_MATRICES = {};

    private final String name;
    private final Backend backend;
    private final Set<Buffer> live = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Factorization> factorizations = Collections.newSetFromMap(new IdentityHashMap<>());
    private long allocatedBytes;
    private long peakBytes;
    private boolean closed;

    /** For {@link Backends} and for tests of a backend; others use {@link Backends#open}. */
    public LinearAlgebra(String name, Backend backend) {
        this.name = name;
        this.backend = backend;
    }

    /** The provider's name. */
    public String name() {
        return name;
    }

    /** Library, version, device and threads in one line. */
    public String description() {
        return backend.description();
    }

    public Precision precision() {
        return backend.precision();
    }

    /** Bytes of all matrices and Cholesky factors that are allocated now. */
    public long allocatedBytes() {
        return allocatedBytes;
    }

    /** The largest {@link #allocatedBytes()} so far. */
    public long peakBytes() {
        return peakBytes;
    }

    /**
     * A scope of the same name and precision whose matrices have shapes but no elements, so that they take no memory:
     * nothing is computed, and whatever is read is 0. What allocates there shows by {@link #peakBytes()} what it is
     * going to take here.
     */
    public LinearAlgebra withoutElements() {
        requireOpen();
        return new LinearAlgebra(name, new ShapeBackend(precision()));
    }

    /**
     * Says now, rather than in the middle of the work, that a problem does not fit.
     *
     * @param bytes as {@link #peakBytes()} of a scope {@link #withoutElements()} tells
     * @param what begins the message
     * @param remedies end it: what takes less memory, such as "narrower layers"; this adds precision=float32 where it
     *     is not used yet
     * @throws AltminException if the backend has less memory left
     */
    public void requireMemory(long bytes, String what, List<String> remedies) {
        requireOpen();
        if (bytes <= backend.availableMemory()) {
            return;
        }
        // What the collector could free counts as used on the Java heap.
        System.gc();
        long available = backend.availableMemory();
        if (bytes > available) {
            throw new AltminException(String.format(Locale.ROOT,
                    "%s needs %.1f GiB of memory on the backend '%s', and %.1f GiB are free; use %s.", what,
                    bytes / (double) (1 << 30), name, available / (double) (1 << 30), anyOf(remedies)));
        }
    }

    private String anyOf(List<String> remedies) {
        List<String> all = new ArrayList<>(remedies);
        if (precision() == Precision.FLOAT64) {
            all.add("precision=float32");
        }
        int last = all.size() - 1;
        return last < 1 ? String.join("", all) : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }

    /** A matrix of zeros. */
    public Matrix allocate(int rows, int columns) {
        requireOpen();
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("a matrix cannot be " + rows + "x" + columns);
        }
        Buffer buffer = backend.allocate((long) rows * columns);
        live.add(buffer);
        countAllocated(buffer.length() * precision().bytes());
        return new Matrix(this, buffer, 0, rows, columns, false);
    }

    public Matrix allocateLike(Matrix matrix) {
        return allocate(matrix.rows(), matrix.columns());
    }

    /** A matrix with these elements, given column by column. */
    public Matrix of(int rows, int columns, double... elements) {
        Matrix result = allocate(rows, columns);
        upload(elements, result);
        return result;
    }

    /** Frees a matrix before its owner is closed. Its views must not be used any more either. */
    public void release(Matrix matrix) {
        requireOwned(matrix);
        if (matrix.isView()) {
            throw new IllegalArgumentException("a view cannot be released, only the whole matrix");
        }
        live.remove(matrix.buffer());
        allocatedBytes -= matrix.buffer().length() * precision().bytes();
        backend.release(matrix.buffer());
    }

    public void upload(double[] source, Matrix target) {
        requireHostSize(source.length, target);
        upload(source, 0, target);
    }

    public void upload(double[] source, int offset, Matrix target) {
        requireOwned(target);
        requireHostRange(source.length, offset, target);
        backend.upload(source, offset, target);
    }

    public void upload(float[] source, int offset, Matrix target) {
        requireOwned(target);
        requireHostRange(source.length, offset, target);
        backend.upload(source, offset, target);
    }

    public void download(Matrix source, double[] target, int offset) {
        requireOwned(source);
        requireHostRange(target.length, offset, source);
        backend.download(source, target, offset);
    }

    public void download(Matrix source, float[] target, int offset) {
        requireOwned(source);
        requireHostRange(target.length, offset, source);
        backend.download(source, target, offset);
    }

    /** The elements column by column. */
    public double[] toArray(Matrix source) {
        double[] result = new double[Math.toIntExact(source.size())];
        download(source, result, 0);
        return result;
    }

    public void copy(Matrix source, Matrix target) {
        requireOwned(source);
        requireOwned(target);
        requireSameShape("copy", source, target);
        if (!source.coincides(target)) {
            requireDisjoint("copy", target, source);
            backend.copy(source, target);
        }
    }

    public void fill(Matrix target, double value) {
        map(target, FILL, new double[] {value});
    }

    /** target ← α target. */
    public void scale(double alpha, Matrix target) {
        map(target, SCALE, new double[] {alpha}, target);
    }

    /** target ← target + α x, where a row or column x is broadcast. */
    public void add(double alpha, Matrix x, Matrix target) {
        map(target, ADD, new double[] {alpha}, x, target);
    }

    /** ⟨x, y⟩ = Σ x y. */
    public double dot(Matrix x, Matrix y) {
        requireSameShape("dot", x, y);
        return reduce(DOT, NO_PARAMETERS, x, y);
    }

    /** Σ x². */
    public double squaredNorm(Matrix x) {
        return reduce(SQUARED_NORM, NO_PARAMETERS, x);
    }

    /** Σ a_ii of a square matrix. */
    public double trace(Matrix a) {
        requireOwned(a);
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("only a square matrix has a trace, not " + a.shape());
        }
        return backend.trace(a);
    }

    /** target (rows × 1) ← Σⱼ xᵢⱼ. */
    public void rowSums(Matrix x, Matrix target) {
        reduceRows(IDENTITY, Reduction.SUM, target, NO_PARAMETERS, x);
    }

    /** target (1 × columns) ← Σᵢ xᵢⱼ. */
    public void columnSums(Matrix x, Matrix target) {
        reduceColumns(IDENTITY, Reduction.SUM, target, NO_PARAMETERS, x);
    }

    /** C ← A B. */
    public void multiply(Matrix a, Matrix b, Matrix c) {
        gemm(1, a, false, b, false, 0, c);
    }

    /**
     * C ← α op(A) op(B) + β C, where op transposes if asked to. C is not read if β is 0, so it may hold anything then.
     *
     * @throws IllegalArgumentException if the shapes do not fit, or C overlaps A or B
     */
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        requireOwned(a);
        requireOwned(b);
        requireOwned(c);
        int rows = transposeA ? a.columns() : a.rows();
        int inner = transposeA ? a.rows() : a.columns();
        int innerB = transposeB ? b.columns() : b.rows();
        int columns = transposeB ? b.rows() : b.columns();
        if (inner != innerB || c.rows() != rows || c.columns() != columns) {
            throw new IllegalArgumentException("a product of " + a.shape() + (transposeA ? " transposed" : "") + " and "
                    + b.shape() + (transposeB ? " transposed" : "") + " does not fit into " + c.shape());
        }
        requireDisjoint("gemm", c, a);
        requireDisjoint("gemm", c, b);
        if (c.size() == 0) {
            return;
        }
        backend.gemm(alpha, a, transposeA, b, transposeB, beta, c);
    }

    /** C ← α A Aᵀ + β C, or α Aᵀ A + β C if {@code transposed}; C is symmetric before if β is not 0. */
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        requireOwned(a);
        requireOwned(c);
        int order = transposed ? a.columns() : a.rows();
        if (c.rows() != order || c.columns() != order) {
            throw new IllegalArgumentException("the Gram matrix of " + a.shape() + (transposed ? " transposed" : "")
                    + " is " + order + "x" + order + " and does not fit into " + c.shape());
        }
        requireDisjoint("syrk", c, a);
        if (c.size() == 0) {
            return;
        }
        backend.syrk(alpha, a, transposed, beta, c);
    }

    /** target ← the kernel's one output. Inputs of one row, one column or one element are broadcast. */
    public void map(Matrix target, Kernel kernel, Matrix... inputs) {
        map(target, kernel, NO_PARAMETERS, inputs);
    }

    /** As {@link #map(Matrix, Kernel, Matrix...)}, with parameters. */
    public void map(Matrix target, Kernel kernel, double[] parameters, Matrix... inputs) {
        apply(kernel, new Matrix[] {target}, NO_PARAMETERS, parameters, inputs);
    }

    /** The kernel's one total. */
    public double reduce(Kernel kernel, double[] parameters, Matrix... inputs) {
        double[] total = new double[1];
        apply(kernel, NO_MATRICES, total, parameters, inputs);
        return total[0];
    }

    /** As {@link #reduce(Kernel, double[], Matrix...)}, without parameters. */
    public double reduce(Kernel kernel, Matrix... inputs) {
        return reduce(kernel, NO_PARAMETERS, inputs);
    }

    /**
     * Runs a kernel in one pass: its outputs into {@code outputs}, its totals into {@code totals}. The elements run
     * over the outputs' common shape, or without outputs over the smallest shape that all inputs broadcast to. An
     * output may be the very same matrix as an input of the same shape, but must not overlap one otherwise, nor
     * another output.
     */
    public void apply(Kernel kernel, Matrix[] outputs, double[] totals, double[] parameters, Matrix... inputs) {
        requireArguments(kernel, parameters, inputs);
        requireCount("outputs", kernel.outputs().size(), outputs.length);
        requireCount("totals", kernel.totals().size(), totals.length);
        int rows;
        int columns;
        if (outputs.length > 0) {
            rows = outputs[0].rows();
            columns = outputs[0].columns();
        } else {
            rows = Arrays.stream(inputs).mapToInt(Matrix::rows).max().orElse(1);
            columns = Arrays.stream(inputs).mapToInt(Matrix::columns).max().orElse(1);
        }
        for (int k = 0; k < outputs.length; k++) {
            Matrix output = outputs[k];
            requireOwned(output);
            requireSameShape("a kernel's outputs", outputs[0], output);
            for (int other = 0; other < k; other++) {
                if (output.overlaps(outputs[other])) {
                    throw new IllegalArgumentException("a kernel: outputs " + other + " and " + k + " of "
                            + output.shape() + " overlap");
                }
            }
            for (Matrix input : inputs) {
                requireSameOrDisjoint(output, input);
            }
        }
        requireBroadcast(rows, columns, inputs);
        backend.apply(kernel, outputs, totals, rows, columns, parameters, inputs);
    }

    /** target (rows × 1) ← the kernel's one output reduced along each row. */
    public void reduceRows(Kernel kernel, Reduction reduction, Matrix target, double[] parameters, Matrix... inputs) {
        requireArguments(kernel, parameters, inputs);
        requireReducible(kernel, target, target.columns() == 1, "one column", inputs);
        int columns = Arrays.stream(inputs).mapToInt(Matrix::columns).max().orElse(1);
        requireBroadcast(target.rows(), columns, inputs);
        backend.reduceRows(kernel, reduction, target, columns, parameters, inputs);
    }

    /** target (1 × columns) ← the kernel's one output reduced along each column. */
    public void reduceColumns(Kernel kernel, Reduction reduction, Matrix target, double[] parameters,
            Matrix... inputs) {
        requireArguments(kernel, parameters, inputs);
        requireReducible(kernel, target, target.rows() == 1, "one row", inputs);
        int rows = Arrays.stream(inputs).mapToInt(Matrix::rows).max().orElse(1);
        requireBroadcast(rows, target.columns(), inputs);
        backend.reduceColumns(kernel, reduction, target, rows, parameters, inputs);
    }

    /** Column j of the target ← column {@code columns[from + j]} of the source. */
    public void gatherColumns(Matrix source, int[] columns, int from, Matrix target) {
        requireOwned(source);
        requireOwned(target);
        requireDisjoint("gatherColumns", target, source);
        if (source.rows() != target.rows()) {
            throw new IllegalArgumentException("columns of " + source.shape() + " do not fit into " + target.shape());
        }
        if (from < 0 || from + target.columns() > columns.length) {
            throw new IllegalArgumentException(target.columns() + " indices from " + from + " do not lie within "
                    + columns.length);
        }
        for (int j = from; j < from + target.columns(); j++) {
            if (columns[j] < 0 || columns[j] >= source.columns()) {
                throw new IllegalArgumentException("there is no column " + columns[j] + " in " + source.shape());
            }
        }
        backend.gatherColumns(source, columns, from, target);
    }

    /** target[j] ← the row of the largest element of column j, the first of equals; −1 if the column holds a NaN. */
    public void argmaxColumns(Matrix source, int[] target) {
        requireOwned(source);
        if (target.length < source.columns() || source.rows() == 0) {
            throw new IllegalArgumentException("the " + source.columns() + " column maxima of " + source.shape()
                    + " do not fit into " + target.length + " places");
        }
        backend.argmaxColumns(source, target);
    }

    /** Workspace for factorisations of symmetric matrices of this order. */
    public Cholesky cholesky(int order) {
        requireOpen();
        Factorization factorization = backend.factorization(order);
        factorizations.add(factorization);
        countAllocated(factorBytes(order));
        return new Cholesky(this, factorization, order);
    }

    /** Waits until everything asked for is done: what a clock is read after. */
    public void synchronize() {
        requireOpen();
        backend.synchronize();
    }

    /** @throws IllegalStateException if it is closed already */
    @Override
    public void close() {
        requireOpen();
        closed = true;
        factorizations.forEach(Factorization::close);
        factorizations.clear();
        live.clear();
        backend.close();
    }

    void close(Factorization factorization, int order) {
        if (factorizations.remove(factorization)) {
            factorization.close();
            allocatedBytes -= factorBytes(order);
        }
    }

    private void countAllocated(long bytes) {
        allocatedBytes += bytes;
        peakBytes = Math.max(peakBytes, allocatedBytes);
    }

    private static long factorBytes(int order) {
        return (long) order * order * Double.BYTES;
    }

    void requireOwned(Matrix matrix) {
        requireOpen();
        if (matrix.owner() != this) {
            throw new IllegalArgumentException("the " + matrix.shape() + " matrix belongs to another LinearAlgebra");
        }
        if (!live.contains(matrix.buffer())) {
            throw new IllegalStateException("the " + matrix.shape() + " matrix has been released");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this LinearAlgebra ('" + name + "') is closed");
        }
    }

    private void requireArguments(Kernel kernel, double[] parameters, Matrix[] inputs) {
        requireCount("inputs", kernel.inputs(), inputs.length);
        requireCount("parameters", kernel.parameters(), parameters.length);
        for (Matrix input : inputs) {
            requireOwned(input);
        }
    }

    /** Surplus inputs and parameters are allowed: an operator need not use all that a solver passes. */
    private static void requireCount(String what, int needed, int given) {
        boolean exact = what.equals("outputs") || what.equals("totals");
        if (exact ? given != needed : given < needed) {
            throw new IllegalArgumentException("the kernel has " + needed + " " + what + ", but " + given
                    + " are given");
        }
    }

    private void requireReducible(Kernel kernel, Matrix target, boolean fits, String wanted, Matrix[] inputs) {
        requireOwned(target);
        requireCount("outputs", kernel.outputs().size(), 1);
        if (!fits) {
            throw new IllegalArgumentException("the target of the reduction needs " + wanted + ", but is "
                    + target.shape());
        }
        for (Matrix input : inputs) {
            requireDisjoint("a reduction", target, input);
        }
    }

    private static void requireBroadcast(int rows, int columns, Matrix[] inputs) {
        for (Matrix input : inputs) {
            boolean fits = (input.rows() == rows || input.rows() == 1)
                    && (input.columns() == columns || input.columns() == 1);
            if (!fits) {
                throw new IllegalArgumentException(input.shape() + " cannot be broadcast to " + rows + "x" + columns);
            }
        }
    }

    private static void requireSameShape(String operation, Matrix a, Matrix b) {
        if (!a.sameShape(b)) {
            throw new IllegalArgumentException(operation + ": " + a.shape() + " and " + b.shape() + " differ");
        }
    }

    private static void requireSameOrDisjoint(Matrix output, Matrix input) {
        if (!output.coincides(input)) {
            requireDisjoint("a kernel", output, input);
        }
    }

    private static void requireDisjoint(String operation, Matrix output, Matrix input) {
        if (output.overlaps(input)) {
            throw new IllegalArgumentException(operation + ": the " + output.shape() + " output overlaps the "
                    + input.shape() + " input");
        }
    }

    private static void requireHostSize(int length, Matrix matrix) {
        if (length != matrix.size()) {
            throw new IllegalArgumentException(length + " elements do not fill a " + matrix.shape() + " matrix");
        }
    }

    private static void requireHostRange(int length, int offset, Matrix matrix) {
        if (offset < 0 || offset + matrix.size() > length) {
            throw new IllegalArgumentException("a " + matrix.shape() + " matrix at " + offset
                    + " does not lie within an array of " + length);
        }
    }
}
