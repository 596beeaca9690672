package org.altmin.linalg.cpu.internal;

import java.util.Arrays;
import java.util.Optional;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;

/**
 * Runs kernels in chunks that stay in the first-level cache, over the workers. Chunks are grouped into blocks, which
 * are what a worker takes at a time; each block reduces into its own partial results, and these are combined in order.
 * Both groupings depend on shape, kernel and precision only, so results are the same for any number of threads.
 */
final class Evaluator {

    private static final int CHUNK_BYTES = 4096;

    /** What a worker takes at a time, about 10 µs, in units of {@link Cost}; less runs on the calling thread. */
    private static final double BLOCK_COST = 200_000;
    private static final double MEMORY_COST = 2;
    private static final int MOST_CHUNKS_PER_BLOCK = 64;
    private static final int MOST_ROW_PARTIALS = 32;
    private static final Matrix[] NO_MATRICES = {};

    private final Precision precision;
    private final Workers workers;
    private final Lanes[] storageLanes;
    private final Lanes[] doubleLanes;
    private final Span[] spans;

    Evaluator(Precision precision, Workers workers) {
        this.precision = precision;
        this.workers = workers;
        doubleLanes = new Lanes[workers.threads()];
        Arrays.setAll(doubleLanes, worker -> new DoubleLanes());
        spans = new Span[workers.threads()];
        Arrays.setAll(spans, worker -> new Span());
        if (precision == Precision.FLOAT64) {
            storageLanes = doubleLanes;
        } else {
            storageLanes = new Lanes[workers.threads()];
            Arrays.setAll(storageLanes, worker -> new FloatLanes());
        }
    }

    void apply(Kernel kernel, Matrix[] outputs, double[] totals, int rows, int columns, double[] parameters,
            Matrix[] inputs) {
        boolean flat = isFlat(kernel, rows, columns, inputs);
        Grid grid = grid(kernel, rows, columns, flat);
        double[] numbers = numbers(kernel, parameters);
        Optional<DirectMap> direct = flat && lanes(kernel) == storageLanes
                ? DirectMap.of(kernel, outputs, numbers, inputs) : Optional.empty();
        if (direct.isPresent()) {
            Blocks blocks = blocks(kernel, grid, 1, 1);
            workers.run(blocks.count, (worker, block) -> {
                int first = blocks.first(block) * grid.width();
                int end = Math.min(grid.rows(), blocks.end(block) * grid.width());
                direct.get().run(first, end - first);
            });
            return;
        }
        Pass pass = new Pass(kernel, grid, outputs, numbers, inputs, lanes(kernel));
        Blocks blocks = blocks(kernel, grid, outputs.length, 1);
        double[] partials = new double[blocks.count * totals.length];
        for (int i = 0; i < partials.length; i++) {
            partials[i] = neutral(reduction(kernel, i % totals.length));
        }
        Optional<DirectSum> sum = flat && outputs.length == 0 && totals.length == 1
                ? directSum(kernel, reduction(kernel, 0), kernel.totals().get(0).register(), rows, columns, inputs)
                : Optional.empty();
        workers.run(blocks.count, (worker, block) -> {
            Span span = spans[worker];
            for (int chunk = blocks.first(block); chunk < blocks.end(block); chunk++) {
                if (sum.isPresent()) {
                    span.set(grid, chunk);
                    partials[block] += sum.get().sum(span.firstElement(), span.count());
                    continue;
                }
                Lanes lanes = pass.evaluate(worker, chunk, span);
                for (int i = 0; i < totals.length; i++) {
                    Reduction reduction = reduction(kernel, i);
                    int at = block * totals.length + i;
                    double value = lanes.reduce(reduction, kernel.totals().get(i).register(), 0, span.count());
                    partials[at] = combine(reduction, partials[at], value);
                }
            }
        });
        for (int i = 0; i < totals.length; i++) {
            Reduction reduction = reduction(kernel, i);
            totals[i] = neutral(reduction);
            for (int block = 0; block < blocks.count; block++) {
                totals[i] = combine(reduction, totals[i], partials[block * totals.length + i]);
            }
        }
    }

    void reduceRows(Kernel kernel, Reduction reduction, Matrix target, int columns, double[] parameters,
            Matrix[] inputs) {
        int rows = target.rows();
        Grid grid = grid(kernel, rows, columns, false).preferringRows();
        Pass pass = new Pass(kernel, grid, NO_MATRICES, numbers(kernel, parameters), inputs, lanes(kernel));
        int mostPartials = Math.max(1, Math.min(MOST_ROW_PARTIALS, (1 << 20) / Math.max(1, rows)));
        Blocks blocks = blocks(kernel, grid, 0, 1).atMost(mostPartials);
        double[] partials = new double[blocks.count * rows];
        Arrays.fill(partials, neutral(reduction));
        Optional<DirectSum> sum = rows > 1 && !grid.byRows()
                ? directSum(kernel, reduction, kernel.outputs().get(0), rows, columns, inputs) : Optional.empty();
        workers.run(blocks.count, (worker, block) -> {
            Span span = spans[worker];
            for (int chunk = blocks.first(block); chunk < blocks.end(block); chunk++) {
                if (sum.isPresent()) {
                    span.set(grid, chunk);
                    for (int j = 0; j < span.columns(); j++) {
                        sum.get().accumulate(partials, block * rows + span.firstRow(), span.firstElement() + j * rows,
                                span.rows());
                    }
                    continue;
                }
                Lanes lanes = pass.evaluate(worker, chunk, span);
                int height = span.rows();
                int width = span.columns();
                int to = block * rows + span.firstRow();
                if (grid.byRows() || rows == 1) {
                    reduceEach(lanes, reduction, partials, to, kernel.outputs().get(0), height, width);
                } else {
                    reduceTogether(lanes, reduction, partials, to, kernel.outputs().get(0), width, height);
                }
            }
        });
        double[] result = new double[rows];
        Arrays.fill(result, neutral(reduction));
        for (int i = 0; i < partials.length; i++) {
            result[i % rows] = combine(reduction, result[i % rows], partials[i]);
        }
        HeapBuffer.of(target).write(HeapBuffer.offset(target), result, 0, rows);
    }

    void reduceColumns(Kernel kernel, Reduction reduction, Matrix target, int rows, double[] parameters,
            Matrix[] inputs) {
        int columns = target.columns();
        Grid grid = grid(kernel, rows, columns, false).preferringRows();
        Pass pass = new Pass(kernel, grid, NO_MATRICES, numbers(kernel, parameters), inputs, lanes(kernel));
        Blocks blocks = blocks(kernel, grid, 0, grid.segments());
        double[] result = new double[columns];
        Arrays.fill(result, neutral(reduction));
        Optional<DirectSum> sum = rows > 1 && !grid.byRows()
                ? directSum(kernel, reduction, kernel.outputs().get(0), rows, columns, inputs) : Optional.empty();
        workers.run(blocks.count, (worker, block) -> {
            Span span = spans[worker];
            for (int chunk = blocks.first(block); chunk < blocks.end(block); chunk++) {
                if (sum.isPresent()) {
                    span.set(grid, chunk);
                    for (int j = 0; j < span.columns(); j++) {
                        result[span.firstColumn() + j] += sum.get().sum(span.firstElement() + j * rows, span.rows());
                    }
                    continue;
                }
                Lanes lanes = pass.evaluate(worker, chunk, span);
                int height = span.rows();
                int width = span.columns();
                int to = span.firstColumn();
                if (grid.byRows() || rows == 1) {
                    reduceTogether(lanes, reduction, result, to, kernel.outputs().get(0), height, width);
                } else {
                    reduceEach(lanes, reduction, result, to, kernel.outputs().get(0), width, height);
                }
            }
        });
        HeapBuffer.of(target).write(HeapBuffer.offset(target), result, 0, columns);
    }

    private Optional<DirectSum> directSum(Kernel kernel, Reduction reduction, int register, int rows, int columns,
            Matrix[] inputs) {
        return lanes(kernel) == storageLanes
                ? DirectSum.of(kernel, reduction, register, rows, columns, inputs) : Optional.empty();
    }

    /** Each of {@code vectors} consecutive vectors is reduced to one accumulator. */
    private static void reduceEach(Lanes lanes, Reduction reduction, double[] accumulators, int to, int register,
            int vectors, int length) {
        for (int i = 0; i < vectors; i++) {
            double value = lanes.reduce(reduction, register, i * length, length);
            accumulators[to + i] = combine(reduction, accumulators[to + i], value);
        }
    }

    /** Consecutive vectors are reduced to one vector of accumulators. */
    private static void reduceTogether(Lanes lanes, Reduction reduction, double[] accumulators, int to, int register,
            int vectors, int length) {
        for (int i = 0; i < vectors; i++) {
            lanes.reduceInto(reduction, accumulators, to, register, i * length, length);
        }
    }

    /** Whether no input runs along one dimension only, so that a pass need not know where columns end. */
    private static boolean isFlat(Kernel kernel, int rows, int columns, Matrix[] inputs) {
        if (kernel.columnCoupled() || (long) rows * columns > Integer.MAX_VALUE) {
            return false;
        }
        for (int i = 0; i < kernel.inputs(); i++) {
            if (inputs[i].size() != 1 && inputs[i].size() != (long) rows * columns) {
                return false;
            }
        }
        return true;
    }

    private Grid grid(Kernel kernel, int rows, int columns, boolean flat) {
        int width = CHUNK_BYTES / (kernel.inDouble() ? Double.BYTES : precision.bytes());
        if (kernel.columnCoupled()) {
            return Grid.wholeColumns(rows, columns, width).preferringRows();
        }
        return flat ? Grid.of(rows * columns, 1, width) : Grid.of(rows, columns, width);
    }

    private double[] numbers(Kernel kernel, double[] parameters) {
        return Uniforms.values(kernel, parameters, lanes(kernel)[0]);
    }

    private Lanes[] lanes(Kernel kernel) {
        return kernel.inDouble() ? doubleLanes : storageLanes;
    }

    /** Blocks of a whole number of {@code unit} chunks. */
    private Blocks blocks(Kernel kernel, Grid grid, int outputs, int unit) {
        boolean inDouble = precision == Precision.FLOAT64 || kernel.inDouble();
        double cost = new Cost(inDouble).of(kernel.instructions()) + MEMORY_COST * (kernel.inputs() + outputs);
        double costOfChunk = cost * grid.width();
        int size = (int) Math.max(1, Math.min(MOST_CHUNKS_PER_BLOCK, BLOCK_COST / costOfChunk));
        return new Blocks(grid.chunks(), (size + unit - 1) / unit * unit);
    }

    private static Reduction reduction(Kernel kernel, int total) {
        return kernel.totals().get(total).reduction();
    }

    static double neutral(Reduction reduction) {
        return switch (reduction) {
            case SUM -> 0;
            case MAX -> Double.NEGATIVE_INFINITY;
        };
    }

    private static double combine(Reduction reduction, double x, double y) {
        return switch (reduction) {
            case SUM -> x + y;
            case MAX -> Math.max(x, y);
        };
    }

    /** Chunks 0 … chunks − 1 in blocks of {@code size}. */
    private static final class Blocks {

        private final int chunks;
        private final int size;
        private final int count;

        Blocks(int chunks, int size) {
            this.chunks = chunks;
            this.size = size;
            this.count = (chunks + size - 1) / size;
        }

        Blocks atMost(int blocks) {
            return count <= blocks ? this : new Blocks(chunks, (chunks + blocks - 1) / blocks);
        }

        int first(int block) {
            return block * size;
        }

        int end(int block) {
            return Math.min(chunks, first(block) + size);
        }
    }
}
