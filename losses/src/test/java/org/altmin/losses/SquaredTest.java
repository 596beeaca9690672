package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.testkit.LossContract;

class SquaredTest extends LossContract {

    @Override
    protected Loss loss() {
        return new Squared();
    }
}
