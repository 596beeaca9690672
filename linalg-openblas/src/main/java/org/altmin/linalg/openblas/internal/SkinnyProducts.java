package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.Workers;

/**
 * Products of one large matrix, whose columns are samples, with a matrix of few rows: layers of few units, such as the
 * last one of a classifier. They are bound by memory rather than by arithmetic, so the large matrix is read once.
 *
 * <p>So few samples are taken at a time that OpenBLAS, where it has them for the processor, multiplies by its kernels
 * for small matrices, which do not copy operands, and that they stay in the second-level cache. Into that they are read
 * first, from end to end: kernels touch a few elements of each sample at a time, which from memory takes several times
 * as long. Where the large matrix is the result, as many samples at a time stay in that cache while they are written,
 * which OpenBLAS does twice: first it scales. How samples are divided depends on shapes alone.
 */
final class SkinnyProducts {

    private static final int MOST_ROWS = 32;

    /** Multiplications up to which OpenBLAS does not copy. */
    private static final int SMALL_PRODUCT = 1_000_000;

    private static final int CACHED_BYTES = 1 << 18;
    private static final int WRITTEN_BYTES = 1 << 19;

    /** Fewer samples at a time cost more in calls and in reading the other operand than they save. */
    private static final int LEAST_AT_ONCE = 24;

    private static final int UNIT = 8;

    /** Below, the general plan is as good: some 400 µs on one thread. */
    private static final double LEAST_OPERATIONS = 1.6e7;

    private static final int TASKS = 32;
    private static final int MOST_SUMS = 16;
    private static final int LEAST_STEPS_OF_SUM = 4;

    private final Precision precision;
    private final Blocks blocks;
    private final Workers workers;
    private final PartialSums partialSums;

    SkinnyProducts(Precision precision, Blocks blocks, Workers workers, PartialSums partialSums) {
        this.precision = precision;
        this.blocks = blocks;
        this.workers = workers;
        this.partialSums = partialSums;
    }

    /** Whether a few rows, times this many samples of so many rows, are best multiplied here. */
    boolean suits(int few, int rows, int samples) {
        return few <= MOST_ROWS && 2.0 * few * rows * samples >= LEAST_OPERATIONS
                && atOnce(few, rows) >= LEAST_AT_ONCE;
    }

    private int atOnce(int few, int rows) {
        long uncopied = SMALL_PRODUCT / ((long) few * rows);
        long cached = CACHED_BYTES / (precision.bytes() * ((long) few + rows));
        return (int) Math.min(uncopied, Math.max(LEAST_AT_ONCE, cached)) / UNIT * UNIT;
    }

    /** Whether sums of a few terms, for this many samples of so many rows, are best formed here. */
    boolean suitsTerms(int rows, int few, int samples) {
        return few <= MOST_ROWS && 2.0 * rows * few * samples >= LEAST_OPERATIONS
                && written(rows) >= LEAST_AT_ONCE;
    }

    private int written(int rows) {
        return (int) (WRITTEN_BYTES / ((long) precision.bytes() * rows)) / UNIT * UNIT;
    }

    /** C ← α op(W) A + β C, where W is rows × few and A is few × samples. */
    void multiplyTerms(int rows, int few, int samples, double alpha, Block w, boolean transposed, Block a, double beta,
            Block c) {
        int step = written(rows);
        Split parts = Split.of(samples, TASKS, step);
        workers.run(parts.parts(), (worker, part) -> inSteps(parts, part, step, (from, count) -> blocks.gemm(rows,
                count, few, alpha, w, transposed, a.from(0, from), false, beta, c.from(0, from))));
    }

    /** C ← α op(W) A + β C, where W is few × rows and A is rows × samples. */
    void multiply(int few, int rows, int samples, double alpha, Block w, boolean transposed, Block a, double beta,
            Block c) {
        int step = atOnce(few, rows);
        Split parts = Split.of(samples, TASKS, step);
        workers.run(parts.parts(), (worker, part) -> inSteps(parts, part, step, (from, count) -> {
            Block some = a.from(0, from);
            blocks.read(some, rows * count);
            blocks.gemm(few, count, rows, alpha, w, transposed, some, false, beta, c.from(0, from));
        }));
    }

    /** C ← α A Bᵀ + β C, where A is m × samples and B is n × samples. */
    void multiplyOverSamples(int m, int n, int samples, double alpha, Block a, Block b, double beta, Block c) {
        boolean wide = m < n;
        Block large = wide ? b : a;
        Block small = wide ? a : b;
        int rows = Math.max(m, n);
        int few = Math.min(m, n);
        int step = atOnce(few, rows);
        Split parts = Split.of(samples, MOST_SUMS, LEAST_STEPS_OF_SUM * step);
        int size = rows * few;
        partialSums.reserve(parts.parts(), size);
        // The first operand is the one with many rows, since kernels take several of its rows at once.
        workers.run(parts.parts(), (worker, part) -> {
            Block sum = partialSums.result(part, size, rows);
            inSteps(parts, part, step, (from, count) -> {
                Block some = large.from(0, from);
                blocks.read(some, rows * count);
                blocks.gemm(rows, few, count, alpha, some, false, small.from(0, from), true,
                        from == parts.start(part) ? 0 : 1, sum);
            });
        });
        Block total = partialSums.result(0, size, rows);
        partialSums.addTo(total, 1, parts.parts(), size);
        add(total, wide, m, n, beta, c);
    }

    @FunctionalInterface
    private interface Step {
        void take(int from, int count);
    }

    private static void inSteps(Split parts, int part, int atOnce, Step step) {
        int end = parts.start(part) + parts.length(part);
        for (int from = parts.start(part); from < end; from += atOnce) {
            step.take(from, Math.min(atOnce, end - from));
        }
    }

    /** C ← op(X) + β C, where C is m × n. */
    private static void add(Block x, boolean transposed, int m, int n, double beta, Block c) {
        HeapBuffer target = c.buffer();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                int at = c.from(i, j).at();
                double value = x.buffer().get(x.from(i, j, transposed).at());
                target.set(at, beta == 0 ? value : value + beta * target.get(at));
            }
        }
    }
}
