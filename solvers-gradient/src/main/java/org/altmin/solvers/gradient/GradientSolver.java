package org.altmin.solvers.gradient;

import java.util.List;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Requirements;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.StepReport;

/**
 * A gradient method on the mean objective
 * <pre>
 *   (R(z_L; Y) + Σ Ω(W_l)) / n,
 * </pre>
 * which has the minimisers of the problem, and learning rates that do not depend on the number of samples. A step is an
 * epoch: the samples in a random order drawn from the problem's seed and the number of the epoch, an update after each
 * batch with the mean gradient of the batch; with whole batches one update with the mean gradient of all. A quadratic Ω
 * adds its gradient, another one is met by its proximal operator after each update.
 *
 * <p>The objective reported is that of the epoch as it was seen: the mean of the losses at the weights before the
 * update that used them, and the penalty at the weights before the step. With whole batches that is the objective
 * before the step. The squared step is that of the whole epoch.
 */
public final class GradientSolver implements Solver<GradientState> {

    private final String name;
    private final Rule rule;
    private final LearningRate rate;
    private final int batch;

    /** @param batch samples in a batch; 0 for all */
    GradientSolver(String name, Rule rule, LearningRate rate, int batch) {
        this.name = name;
        this.rule = rule;
        this.rate = rate;
        this.batch = batch;
    }

    @Override
    public GradientState initialise(Problem problem) {
        Requirements.noStatePenalty(name, problem);
        int slice = GradientState.slice(batch, problem.samples());
        problem.requireMemory(name, slice, List.of("a smaller batch", "narrower layers"),
                planned -> new GradientState(planned, rule, rate, batch, slice));
        return new GradientState(problem, rule, rate, batch, slice);
    }

    @Override
    public StepReport step(GradientState state) {
        return state.step();
    }
}
