package org.altmin.linalg.spi;

import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;

/**
 * The operations of one opened backend. {@link org.altmin.linalg.LinearAlgebra} calls it after it has checked shapes,
 * ownership and aliasing; matrices are column-major, contiguous, at {@link Matrix#offset()} in their
 * {@link Matrix#buffer()}. Results are the same, bit for bit, when the same calls are made with the same data again.
 */
public interface Backend extends AutoCloseable {

    /** Library, version, device and threads in one line. */
    String description();

    Precision precision();

    /** Bytes that can still be allocated, as far as the backend knows. */
    long availableMemory();

    /** @return a buffer of zeros */
    Buffer allocate(long length);

    /** Takes back a buffer that will not be used again. */
    void release(Buffer buffer);

    void upload(float[] source, int offset, Matrix target);

    void upload(double[] source, int offset, Matrix target);

    void download(Matrix source, float[] target, int offset);

    void download(Matrix source, double[] target, int offset);

    void copy(Matrix source, Matrix target);

    /** C ← α op(A) op(B) + β C, where C is not read if β is 0. */
    void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c);

    /** C ← α A Aᵀ + β C, or α Aᵀ A + β C if {@code transposed}; both triangles are written. */
    void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c);

    /** Runs a kernel over {@code rows × columns} elements; totals have one entry per total of the kernel. */
    void apply(Kernel kernel, Matrix[] outputs, double[] totals, int rows, int columns, double[] parameters,
            Matrix[] inputs);

    /** target (rows × 1) ← the reduction of the kernel's one output along each row. */
    void reduceRows(Kernel kernel, Reduction reduction, Matrix target, int columns, double[] parameters,
            Matrix[] inputs);

    /** target (1 × columns) ← the reduction of the kernel's one output along each column. */
    void reduceColumns(Kernel kernel, Reduction reduction, Matrix target, int rows, double[] parameters,
            Matrix[] inputs);

    /** Column j of the target ← column {@code columns[from + j]} of the source. */
    void gatherColumns(Matrix source, int[] columns, int from, Matrix target);

    /** target[j] ← the row of the largest element of column j, the first of equals; −1 if the column holds a NaN. */
    void argmaxColumns(Matrix source, int[] target);

    /** Σ a_ii, summed in double. Backends that can read a diagonal without reading the matrix override this. */
    default double trace(Matrix a) {
        double[] elements = new double[Math.toIntExact(a.size())];
        download(a, elements, 0);
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            sum += elements[i * (a.rows() + 1)];
        }
        return sum;
    }

    /** Workspace for factorisations of symmetric matrices of this order, computed in double. */
    Factorization factorization(int order);

    /** Waits until everything asked for is done. */
    void synchronize();

    @Override
    void close();
}
