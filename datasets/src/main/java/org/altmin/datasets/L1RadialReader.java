package org.altmin.datasets;

import org.altmin.datasets.internal.function.FunctionTask;

/**
 * f(x) = max(0, ‖x‖₁ − 1) on [r, (1 + ε) r]² with ε = 1/2 and r = 1 − ε/2 (Zeng, Lin, Yao and Zhou, "On ADMM in deep
 * learning", section 5.4): 1,000 uniform training samples with Gaussian noise and 1,000 clean test samples.
 *
 * <p>The paper says "variance 0.1" in its text and "0.1 Gaussian noise" in its tables, and shows no code for it. On
 * this square f is affine, so that an affine least-squares fit, which no method is expected to pass, has the mean test
 * error 3 σ²/n: 3.0e-4 for a variance of 0.1, but 3.0e-5 for a standard deviation of 0.1, and the paper reports 1.7e-5
 * to 4.6e-5. The default is therefore the standard deviation 0.1, a variance of 0.01.
 */
public final class L1RadialReader extends FunctionReader {

    private static final double EPSILON = 0.5;
    private static final double R = 1 - EPSILON / 2;

    public L1RadialReader() {
        super(new FunctionTask("l1-radial", 2, R, (1 + EPSILON) * R, 0.01,
                x -> Math.max(0, Math.abs(x[0]) + Math.abs(x[1]) - 1)));
    }

    @Override
    public String description() {
        return "the function max(0, |x|_1 - 1) on [0.75, 1.125]^2, 1,000 + 1,000 samples, noisy";
    }
}
