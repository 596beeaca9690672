package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.Products;
import org.altmin.linalg.cpu.internal.Workers;
import org.altmin.linalg.spi.Factorization;

/**
 * Products by OpenBLAS, {@link SkinnyProducts} or divided by a {@link Plan}; the workers share the parts. The parts of
 * a divided product may be another library's.
 */
public final class OpenBlasProducts implements Products {

    /** Columns of B for which transposing A takes a small part of the time that it saves. */
    private static final int LONG = 4096;

    /** Elements of A, since the transpose is kept. */
    private static final int MOST_TRANSPOSED = 1 << 24;

    private final OpenBlas openBlas;
    private final Blocks blocks;
    private final BlockProduct part;
    private final Workers workers;
    private final PartialSums partialSums;
    private final SkinnyProducts skinny;
    private final Transposition transposition;

    /** The workers remain their owner's to close. */
    public OpenBlasProducts(Precision precision, OpenBlas openBlas, Workers workers) {
        this(precision, openBlas, new Blocks(openBlas), workers);
    }

    /**
     * The workers remain their owner's to close.
     *
     * @param part computes the parts of divided products
     */
    public OpenBlasProducts(Precision precision, OpenBlas openBlas, BlockProduct part, Workers workers) {
        this.openBlas = openBlas;
        this.part = part;
        this.workers = workers;
        blocks = new Blocks(openBlas);
        partialSums = new PartialSums(precision, workers);
        skinny = new SkinnyProducts(precision, blocks, workers, partialSums);
        transposition = new Transposition(precision, workers);
    }

    @Override
    public String description() {
        return part.description();
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        int inner = transposeA ? a.rows() : a.columns();
        if (inner == 0) {
            scale(beta, c);
            return;
        }
        int m = c.rows();
        int n = c.columns();
        Block left = Block.of(a);
        Block right = Block.of(b);
        if (!transposeA && transposeB && skinny.suits(Math.min(m, n), Math.max(m, n), inner)) {
            skinny.multiplyOverSamples(m, n, inner, alpha, left, right, beta, Block.of(c));
        } else if (!transposeB && skinny.suits(m, inner, n)) {
            skinny.multiply(m, inner, n, alpha, left, transposeA, right, beta, Block.of(c));
        } else if (!transposeB && skinny.suitsTerms(m, inner, n)) {
            skinny.multiplyTerms(m, inner, n, alpha, left, transposeA, right, beta, Block.of(c));
        } else {
            divide(alpha, left, transposeA, right, transposeB, beta, c, inner);
        }
    }

    private void divide(double alpha, Block left, boolean transposeA, Block right, boolean transposeB, double beta,
            Matrix c, int inner) {
        boolean fits = (long) c.rows() * inner <= MOST_TRANSPOSED;
        if (transposeA && part.tiling().slowTransposed() && c.columns() >= LONG && fits) {
            divide(alpha, transposition.of(left, inner, c.rows()), false, right, transposeB, beta, c, inner);
            return;
        }
        Plan plan = Plan.ofProduct(c.rows(), c.columns(), inner, part.tiling());
        sum(plan, beta, c, (row, column, from, height, width, depth, factor, target) -> part.gemm(height, width,
                depth, alpha, left.from(row, from, transposeA), transposeA, right.from(from, column, transposeB),
                transposeB, factor, target));
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        int inner = transposed ? a.rows() : a.columns();
        if (inner == 0) {
            scale(beta, c);
            return;
        }
        Plan plan = Plan.ofSymmetricProduct(c.rows(), inner, transposed, part.tiling());
        Block of = Block.of(a);
        int order = c.rows();
        sum(plan, beta, c, (row, column, from, height, width, depth, factor, target) -> {
            Block below = of.from(column, from, transposed);
            if (width == order) {
                blocks.syrk(order, depth, alpha, below, transposed, factor, target);
            } else {
                part.gemm(order - column, width, depth, alpha, below, transposed, below, !transposed, factor,
                        target.from(column, 0));
            }
        });
        Mirror.complete(Block.of(c), workers);
    }

    @Override
    public Factorization factorization(int order) {
        return new OpenBlasCholesky(order, openBlas.blas(), workers);
    }

    @Override
    public void close() {
    }

    /** Computes {@code depth} terms of the sums that make up a tile, {@code factor} times what is there included. */
    @FunctionalInterface
    private interface Task {
        void compute(int row, int column, int from, int height, int width, int depth, double factor, Block tile);
    }

    private void sum(Plan plan, double beta, Matrix c, Task task) {
        int size = (int) c.size();
        int stride = c.rows();
        int partial = plan.inner().parts() - 1;
        partialSums.reserve(partial, size);
        Block result = Block.of(c);
        int rowParts = plan.rows().parts();
        int tiles = rowParts * plan.columns().parts();
        workers.run(plan.tasks(), (worker, number) -> {
            int slab = number / tiles;
            int i = number % tiles % rowParts;
            int j = number % tiles / rowParts;
            int row = plan.rows().start(i);
            int column = plan.columns().start(j);
            Block target = slab == 0 ? result : partialSums.result(slab - 1, size, stride);
            task.compute(row, column, plan.inner().start(slab), plan.rows().length(i), plan.columns().length(j),
                    plan.inner().length(slab), slab == 0 ? beta : 0, target.from(row, column));
        });
        if (partial > 0) {
            partialSums.addTo(result, 0, partial, size);
        }
    }

    /** What is left of a product of matrices without elements. */
    private static void scale(double beta, Matrix c) {
        HeapBuffer buffer = HeapBuffer.of(c);
        int at = HeapBuffer.offset(c);
        for (int i = at; i < at + c.size(); i++) {
            buffer.set(i, beta == 0 ? 0 : beta * buffer.get(i));
        }
    }
}
