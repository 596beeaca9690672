package org.altmin.core.step;

import org.altmin.core.network.Problem;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.RandomStream;

/**
 * The samples of a problem in a random order, new in every epoch, copied part by part into matrices that are allocated
 * once. The order depends only on the problem's seed and the number of the epoch.
 */
public final class MiniBatches {

    private final LinearAlgebra la;
    private final Problem problem;
    private final Matrix inputBuffer;
    private final Matrix targetBuffer;
    private int[] order;
    private Matrix inputs;
    private Matrix targets;

    /** @param capacity the most samples loaded at once */
    public MiniBatches(Problem problem, int capacity) {
        this.problem = problem;
        la = problem.la();
        inputBuffer = la.allocate(problem.network().inputs(), capacity);
        targetBuffer = la.allocate(problem.network().outputs(), capacity);
    }

    /** Draws the order of an epoch. */
    public void shuffle(long epoch) {
        order = new RandomStream(problem.seed()).split("batches").split("epoch" + epoch)
                .permutation(problem.samples());
    }

    /** Loads the samples at places {@code from} to {@code to} (exclusive) of the order. */
    public void load(int from, int to) {
        if (order == null) {
            throw new IllegalStateException("shuffle(...) has not been called");
        }
        inputs = inputBuffer.columns(0, to - from);
        targets = targetBuffer.columns(0, to - from);
        la.gatherColumns(problem.inputs(), order, from, inputs);
        la.gatherColumns(problem.targets(), order, from, targets);
    }

    /** a_0 of the loaded samples, n_0 × count; valid until the next {@link #load}. */
    public Matrix inputs() {
        return inputs;
    }

    /** Y of the loaded samples, n_L × count; valid until the next {@link #load}. */
    public Matrix targets() {
        return targets;
    }
}
