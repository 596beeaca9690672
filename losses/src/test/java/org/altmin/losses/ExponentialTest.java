package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.testkit.LossContract;
import org.junit.jupiter.api.Test;

class ExponentialTest extends LossContract {

    @Override
    protected Loss loss() {
        return new Exponential();
    }

    /** exp(709) is the largest power that double holds. */
    @Override
    protected double largestCentre() {
        return 500;
    }

    @Test
    void proxIsThatOfBisection() {
        BisectedProx.assertSame(new Exponential(), margin -> Math.exp(-margin));
    }
}
