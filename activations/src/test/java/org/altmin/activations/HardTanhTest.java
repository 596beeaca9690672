package org.altmin.activations;

import java.util.List;
import org.altmin.core.operator.Activation;
import org.altmin.testkit.ActivationContract;

class HardTanhTest extends ActivationContract {

    @Override
    protected Activation activation() {
        return new HardTanh();
    }

    /** The tie of the rectified linear unit, moved by −1 and scaled. */
    @Override
    protected List<Tie> ties() {
        return List.of(new Tie(2.75, -3.5, 0.5625, 0.5));
    }
}
