package org.altmin.activations;

import org.altmin.core.operator.Activation;
import org.altmin.testkit.ActivationContract;

class PolynomialTest extends ActivationContract {

    @Override
    protected Activation activation() {
        return new Polynomial();
    }
}
