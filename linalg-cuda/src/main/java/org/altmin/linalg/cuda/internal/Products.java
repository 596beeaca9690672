package org.altmin.linalg.cuda.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasDiagType;
import jcuda.jcublas.cublasFillMode;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasOperation;
import jcuda.jcublas.cublasSideMode;

/** cuBLAS on column-major matrices of either type. */
final class Products {

    private final cublasHandle blas;
    private final ByteBuffer factors = ByteBuffer.allocateDirect(2 * Double.BYTES).order(ByteOrder.nativeOrder());
    private final Pointer alphaPointer = Pointer.to(factors);
    private final Pointer betaPointer = alphaPointer.withByteOffset(Double.BYTES);

    Products(cublasHandle blas) {
        this.blas = blas;
    }

    /** C (m × n) ← α op(A) op(B) + β C with the inner dimension k. */
    void gemm(Real type, boolean transposeA, boolean transposeB, int m, int n, int k, double alpha, long a, int lda,
            long b, int ldb, double beta, long c, int ldc) {
        setFactors(type, alpha, beta);
        int opA = operation(transposeA);
        int opB = operation(transposeB);
        if (type == Real.FLOAT) {
            JCublas2.cublasSgemm(blas, opA, opB, m, n, k, alphaPointer, new Address(a), lda, new Address(b), ldb,
                    betaPointer, new Address(c), ldc);
        } else {
            JCublas2.cublasDgemm(blas, opA, opB, m, n, k, alphaPointer, new Address(a), lda, new Address(b), ldb,
                    betaPointer, new Address(c), ldc);
        }
    }

    /** The lower triangle of C (n × n) ← α A Aᵀ + β C, or α Aᵀ A + β C, with the inner dimension k. */
    void syrk(Real type, boolean transposed, int n, int k, double alpha, long a, int lda, double beta, long c,
            int ldc) {
        setFactors(type, alpha, beta);
        if (type == Real.FLOAT) {
            JCublas2.cublasSsyrk(blas, cublasFillMode.CUBLAS_FILL_MODE_LOWER, operation(transposed), n, k, alphaPointer,
                    new Address(a), lda, betaPointer, new Address(c), ldc);
        } else {
            JCublas2.cublasDsyrk(blas, cublasFillMode.CUBLAS_FILL_MODE_LOWER, operation(transposed), n, k, alphaPointer,
                    new Address(a), lda, betaPointer, new Address(c), ldc);
        }
    }

    /** B (m × n) ← op(R)⁻¹ B, or B op(R)⁻¹ from the right, for a lower triangular R, in double. */
    void solveTriangular(boolean fromRight, boolean transpose, int m, int n, long r, int ldr, long b, int ldb) {
        setFactors(Real.DOUBLE, 1, 0);
        int side = fromRight ? cublasSideMode.CUBLAS_SIDE_RIGHT : cublasSideMode.CUBLAS_SIDE_LEFT;
        JCublas2.cublasDtrsm(blas, side, cublasFillMode.CUBLAS_FILL_MODE_LOWER, operation(transpose),
                cublasDiagType.CUBLAS_DIAG_NON_UNIT, m, n, alphaPointer, new Address(r), ldr, new Address(b), ldb);
    }

    private void setFactors(Real type, double alpha, double beta) {
        if (type == Real.FLOAT) {
            factors.putFloat(0, (float) alpha).putFloat(Double.BYTES, (float) beta);
        } else {
            factors.putDouble(0, alpha).putDouble(Double.BYTES, beta);
        }
    }

    private static int operation(boolean transpose) {
        return transpose ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N;
    }
}
