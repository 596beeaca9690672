/**
 * Linear algebra as altmin's solvers see it: {@link org.altmin.linalg.Matrix matrices},
 * {@link org.altmin.linalg.LinearAlgebra products and elementwise kernels}, and the closed
 * {@link org.altmin.linalg.Expr expression language} in which operators describe themselves so that every backend
 * can run every operator.
 *
 * <p>A backend is found through {@link org.altmin.linalg.spi.LinearAlgebraProvider}.
 *
 * @uses org.altmin.linalg.spi.LinearAlgebraProvider
 */
module org.altmin.linalg {
    exports org.altmin.linalg;
    exports org.altmin.linalg.spi;

    uses org.altmin.linalg.spi.LinearAlgebraProvider;
}
