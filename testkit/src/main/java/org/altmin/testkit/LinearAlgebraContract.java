package org.altmin.testkit;

import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.junit.jupiter.api.Nested;

/**
 * What every linear-algebra backend must do, in FLOAT32 and FLOAT64, compared with nested loops in double and with
 * {@link org.altmin.testkit.reference.ExprInterpreter}.
 *
 * <pre>{@code
 * class MyBackendTest extends LinearAlgebraContract {
 *     @Override
 *     protected LinearAlgebraProvider provider() {
 *         return new MyProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>Put {@code altmin-testkit} and {@code junit-jupiter} on the test path and run it as any JUnit test; each nested
 * class judges one topic.
 *
 * <p><b>Tolerances</b>, with u = 2⁻²⁴ or 2⁻⁵³: + − × ÷ √ abs neg min max, comparisons and select are exact, signs of
 * zeros included, so a backend must not contract a product and a sum into one rounding; exp, expm1, log, log1p and tanh
 * are within 5 ulp, in float32 within 5 ulp or 2e-7 absolute; products of inner size k within 2(k + 4)u·(|A||B|);
 * totals within 1e-11 of the sum of absolute values in either precision, since they are accumulated in double.
 */
public abstract class LinearAlgebraContract {

    /** The provider that is judged. */
    protected abstract LinearAlgebraProvider provider();

    /** How it is opened; override it for a backend's own settings. Three threads, so that work divides unevenly. */
    protected LinearAlgebraOptions options(Precision precision) {
        return LinearAlgebraOptions.of(precision).withThreads(3);
    }

    /** Opens the judged backend. */
    final LinearAlgebra open(Precision precision) {
        return new LinearAlgebra(provider().name(), provider().open(options(precision)));
    }

    @Nested
    class Provider extends ProviderChecks {
        Provider() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Lifecycle extends LifecycleChecks {
        Lifecycle() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Transfers extends TransferChecks {
        Transfers() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Products extends ProductChecks {
        Products() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Factorizations extends FactorizationChecks {
        Factorizations() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Opcodes extends OpcodeChecks {
        Opcodes() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Kernels extends KernelChecks {
        Kernels() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Iterations extends IterationChecks {
        Iterations() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Reductions extends ReductionChecks {
        Reductions() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Determinism extends DeterminismChecks {
        Determinism() {
            super(LinearAlgebraContract.this);
        }
    }

    @Nested
    class Refusals extends RefusalChecks {
        Refusals() {
            super(LinearAlgebraContract.this);
        }
    }
}
