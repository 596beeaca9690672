package org.altmin.activations;

import java.util.Map;
import org.altmin.core.operator.Activation;
import org.altmin.testkit.ActivationContract;

/** h′ jumps up at 0. */
class FlatEluTest extends ActivationContract {

    @Override
    protected Activation activation() {
        return new Elu().with(Map.of("alpha", "0.3"));
    }
}
