package org.altmin.datasets;

import org.altmin.datasets.internal.function.FunctionTask;

/**
 * f(u, v) = u v on [−1, 1]² (Zeng, Lin, Yao and Zhou, "On ADMM in deep learning", section 5.3): 1,000 uniform samples
 * without noise. The paper's approximation error is the mean squared error on these same samples, the training error
 * here.
 */
public final class ProductReader extends FunctionReader {

    public ProductReader() {
        super(new FunctionTask("product", 2, -1, 1, 0, x -> x[0] * x[1]));
    }

    @Override
    public String description() {
        return "the function u v on [-1, 1]^2, 1,000 samples";
    }
}
