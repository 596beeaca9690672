package org.altmin.activations;

import java.util.Map;
import org.altmin.core.operator.Activation;
import org.altmin.testkit.ActivationContract;

/** h′ jumps down at 0, where the misfit can then have its minimum. */
class SteepEluTest extends ActivationContract {

    @Override
    protected Activation activation() {
        return new Elu().with(Map.of("alpha", "3"));
    }
}
