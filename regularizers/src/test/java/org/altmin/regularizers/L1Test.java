package org.altmin.regularizers;

import org.altmin.core.operator.Regularizer;
import org.altmin.testkit.RegularizerContract;

class L1Test extends RegularizerContract {

    @Override
    protected Regularizer regularizer() {
        return new L1();
    }
}
