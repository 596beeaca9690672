package org.altmin.regularizers;

import org.altmin.core.operator.Regularizer;
import org.altmin.testkit.RegularizerContract;

class ElasticNetTest extends RegularizerContract {

    @Override
    protected Regularizer regularizer() {
        return new ElasticNet();
    }
}
