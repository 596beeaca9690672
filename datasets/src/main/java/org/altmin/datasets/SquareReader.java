package org.altmin.datasets;

import org.altmin.datasets.internal.function.FunctionTask;

/**
 * f(x) = x² on [−1, 1] (Zeng, Lin, Yao and Zhou, "On ADMM in deep learning", section 5.2): 1,000 uniform samples
 * without noise. The paper's approximation error is the mean squared error on these same samples, the training error
 * here.
 */
public final class SquareReader extends FunctionReader {

    public SquareReader() {
        super(new FunctionTask("square", 1, -1, 1, 0, x -> x[0] * x[0]));
    }

    @Override
    public String description() {
        return "the function x^2 on [-1, 1], 1,000 samples";
    }
}
