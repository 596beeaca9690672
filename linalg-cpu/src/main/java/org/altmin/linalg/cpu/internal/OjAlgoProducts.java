package org.altmin.linalg.cpu.internal;

import java.lang.module.ModuleDescriptor;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Factorization;
import org.ojalgo.matrix.store.R064Store;

/**
 * Products by ojAlgo. The result is cut into tiles, which the workers share; each is the sum, always in the same order,
 * of products of tiles small enough for ojAlgo not to start threads of its own.
 */
public final class OjAlgoProducts implements Products {

    private static final int TILE_ROWS = 512;
    private static final int TILE_INNER = 256;

    /** ojAlgo divides a product of more columns (and rows) than this among its own threads. */
    private static final int TILE_COLUMNS = 32;

    /** Tiles side by side that share a left operand. */
    private static final int TILES_PER_BLOCK = 8;

    private final Workers workers;

    public OjAlgoProducts(Workers workers) {
        this.workers = workers;
    }

    /** "ojAlgo" and its version, as its module or its jar states it. */
    public static String name() {
        Class<?> store = R064Store.class;
        ModuleDescriptor module = store.getModule().getDescriptor();
        String version = module == null
                ? store.getPackage().getImplementationVersion()
                : module.rawVersion().orElse(null);
        return version == null ? "ojAlgo" : "ojAlgo " + version;
    }

    @Override
    public String description() {
        return name();
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        multiply(alpha, a, transposeA, b, transposeB, beta, c, false);
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        multiply(alpha, a, transposed, a, !transposed, beta, c, true);
        HeapBuffer buffer = HeapBuffer.of(c);
        int at = HeapBuffer.offset(c);
        int order = c.rows();
        for (int j = 1; j < order; j++) {
            for (int i = 0; i < j; i++) {
                buffer.set(at + i + j * order, buffer.get(at + j + i * order));
            }
        }
    }

    @Override
    public Factorization factorization(int order) {
        return new HeapCholesky(order, workers);
    }

    @Override
    public void close() {
    }

    /** @param lowerOnly whether tiles above the diagonal are left out */
    private void multiply(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta,
            Matrix c, boolean lowerOnly) {
        int inner = transposeA ? a.rows() : a.columns();
        Split rows = new Split(c.rows(), TILE_ROWS);
        Split columns = new Split(c.columns(), TILE_COLUMNS);
        Split depth = new Split(inner, TILE_INNER);
        Precision precision = c.owner().precision();
        int groups = (columns.parts + TILES_PER_BLOCK - 1) / TILES_PER_BLOCK;
        workers.run(rows.parts * groups, (worker, block) -> {
            int row = rows.start(block / groups);
            int height = rows.length(block / groups);
            Tile left = Tile.of(precision, rows.size, depth.size);
            Tile right = Tile.of(precision, depth.size, columns.size);
            Tile product = Tile.of(precision, rows.size, columns.size);
            for (int k = 0; k < depth.parts; k++) {
                load(left, a, transposeA, row, depth.start(k), height, depth.length(k));
                int end = Math.min(columns.parts, (block % groups + 1) * TILES_PER_BLOCK);
                for (int j = block % groups * TILES_PER_BLOCK; j < end; j++) {
                    int column = columns.start(j);
                    if (!lowerOnly || column < row + height) {
                        load(right, b, transposeB, depth.start(k), column, depth.length(k), columns.length(j));
                        product.multiply(left, right);
                        product.store(alpha, k == 0 ? beta : 1, HeapBuffer.of(c),
                                HeapBuffer.offset(c) + row + column * c.rows(), c.rows(), height, columns.length(j));
                    }
                }
            }
        });
    }

    private static void load(Tile tile, Matrix matrix, boolean transposed, int row, int column, int rows, int columns) {
        int stride = matrix.rows();
        int at = HeapBuffer.offset(matrix) + (transposed ? column + row * stride : row + column * stride);
        tile.load(HeapBuffer.of(matrix), at, stride, transposed, rows, columns);
    }

    /** A length in equal parts of at most {@code most}; at least one, which may be empty. */
    private static final class Split {

        private final int total;
        private final int parts;
        private final int size;

        Split(int total, int most) {
            this.total = total;
            this.parts = Math.max(1, (total + most - 1) / most);
            this.size = Math.max(1, (total + parts - 1) / parts);
        }

        int start(int part) {
            return Math.min(total, part * size);
        }

        int length(int part) {
            return Math.min(total, start(part) + size) - start(part);
        }
    }
}
