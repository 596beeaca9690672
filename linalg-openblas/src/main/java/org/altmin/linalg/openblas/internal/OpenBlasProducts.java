package org.altmin.linalg.openblas.internal;

import dev.ludovic.netlib.blas.NativeBLAS;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.HeapDoubles;
import org.altmin.linalg.cpu.internal.HeapFloats;
import org.altmin.linalg.cpu.internal.Products;
import org.altmin.linalg.cpu.internal.Workers;
import org.altmin.linalg.spi.Factorization;

/** Products by OpenBLAS, on as many threads as there are workers. */
public final class OpenBlasProducts implements Products {

    private final OpenBlas openBlas;
    private final Workers workers;

    /** The workers are closed by whoever owns them. */
    public OpenBlasProducts(OpenBlas openBlas, Workers workers) {
        this.openBlas = openBlas;
        this.workers = workers;
    }

    @Override
    public String description() {
        return openBlas.description();
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        int inner = transposeA ? a.rows() : a.columns();
        if (inner == 0) {
            scale(beta, c);
            return;
        }
        NativeBLAS blas = openBlas.blas();
        int m = c.rows();
        int n = c.columns();
        int aAt = HeapBuffer.offset(a);
        int bAt = HeapBuffer.offset(b);
        int cAt = HeapBuffer.offset(c);
        String opA = operation(transposeA);
        String opB = operation(transposeB);
        if (c.buffer() instanceof HeapFloats result) {
            float[] x = ((HeapFloats) a.buffer()).array();
            float[] y = ((HeapFloats) b.buffer()).array();
            openBlas.run(workers.threads(), () -> blas.sgemm(opA, opB, m, n, inner, (float) alpha, x, aAt, a.rows(), y, bAt,
                    b.rows(), (float) beta, result.array(), cAt, m));
        } else {
            double[] x = ((HeapDoubles) a.buffer()).array();
            double[] y = ((HeapDoubles) b.buffer()).array();
            double[] z = ((HeapDoubles) c.buffer()).array();
            openBlas.run(workers.threads(), () -> blas.dgemm(opA, opB, m, n, inner, alpha, x, aAt, a.rows(), y, bAt,
                    b.rows(), beta, z, cAt, m));
        }
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        int inner = transposed ? a.rows() : a.columns();
        if (inner == 0) {
            scale(beta, c);
            return;
        }
        NativeBLAS blas = openBlas.blas();
        int n = c.rows();
        int aAt = HeapBuffer.offset(a);
        int cAt = HeapBuffer.offset(c);
        String op = operation(transposed);
        if (c.buffer() instanceof HeapFloats result) {
            float[] x = ((HeapFloats) a.buffer()).array();
            openBlas.run(workers.threads(), () -> blas.ssyrk("L", op, n, inner, (float) alpha, x, aAt, a.rows(), (float) beta,
                    result.array(), cAt, n));
            Mirror.lowerToUpper(result.array(), cAt, n, workers);
        } else {
            double[] x = ((HeapDoubles) a.buffer()).array();
            double[] y = ((HeapDoubles) c.buffer()).array();
            openBlas.run(workers.threads(), () -> blas.dsyrk("L", op, n, inner, alpha, x, aAt, a.rows(), beta, y, cAt, n));
            Mirror.lowerToUpper(y, cAt, n, workers);
        }
    }

    @Override
    public Factorization factorization(int order) {
        return new OpenBlasCholesky(order, openBlas, workers);
    }

    @Override
    public void close() {
    }

    private static String operation(boolean transposed) {
        return transposed ? "T" : "N";
    }

    /** What is left of a product whose factors have no elements. */
    private static void scale(double beta, Matrix c) {
        HeapBuffer buffer = HeapBuffer.of(c);
        int at = HeapBuffer.offset(c);
        for (int i = at; i < at + c.size(); i++) {
            buffer.set(i, beta == 0 ? 0 : beta * buffer.get(i));
        }
    }
}
