package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.testkit.LossContract;

class LogisticTest extends LossContract {

    @Override
    protected Loss loss() {
        return new Logistic();
    }
}
