package org.altmin.activations;

import java.util.Map;
import org.altmin.core.operator.Activation;
import org.altmin.testkit.ActivationContract;

/** A slope far from the default. */
class SteepLeakyReluTest extends ActivationContract {

    @Override
    protected Activation activation() {
        return new LeakyRelu().with(Map.of("slope", "0.4"));
    }
}
