package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.testkit.LossContract;

class HingeTest extends LossContract {

    @Override
    protected Loss loss() {
        return new Hinge();
    }

    @Override
    protected boolean differentiable() {
        return false;
    }
}
