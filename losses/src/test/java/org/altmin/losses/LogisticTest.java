package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.testkit.LossContract;
import org.junit.jupiter.api.Test;

class LogisticTest extends LossContract {

    @Override
    protected Loss loss() {
        return new Logistic();
    }

    @Test
    void proxIsThatOfBisection() {
        BisectedProx.assertSame(new Logistic(), margin -> 1 / (1 + Math.exp(margin)));
    }
}
