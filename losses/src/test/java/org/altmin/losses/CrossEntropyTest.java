package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.testkit.LossContract;

class CrossEntropyTest extends LossContract {

    @Override
    protected Loss loss() {
        return new CrossEntropy();
    }
}
