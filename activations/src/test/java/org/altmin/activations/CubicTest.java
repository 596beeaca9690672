package org.altmin.activations;

import java.util.List;
import org.altmin.core.operator.Activation;
import org.altmin.testkit.ActivationContract;

/** The polynomial activation with two turning points, so that the prox chooses among three minima. */
class CubicTest extends ActivationContract {

    @Override
    protected Activation activation() {
        return new Polynomial(List.of(0.1, -1.0, 0.2, 0.5));
    }
}
