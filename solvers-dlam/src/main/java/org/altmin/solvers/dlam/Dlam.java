package org.altmin.solvers.dlam;

import java.util.Optional;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.solver.Requirements;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.Skyline;
import org.altmin.core.step.UpdateRule;

/**
 * DLAM (dlam.md, Algorithms 1–3): minimises Problem 2,
 * <pre>
 *   F = R(z_L; Y) + Σ Ω(W_l) + (ρ/2) Σ ‖p_l − z_l‖²   subject to   h_l(z_l) − ε ≤ a_l ≤ h_l(z_l) + ε,  l &lt; L,
 *   p_l = W_l a_{l−1} + b_l,
 * </pre>
 * block by block, l = 1 … L in the order W, b, z, a:
 * <ul>
 * <li>W_l by {@link org.altmin.core.step.WeightStep}, b_l ← b_l + mean(z_l − p_l), the exact minimiser;
 * <li>z_l ← p_l, clipped to the interval where h_l stays within ε of a_l; z_L ← argmin R(z; Y) + (ρ/2)‖z − p_L‖²;
 * <li>a_l by {@link ProjectedStateStep}. The exact minimiser over the box has no closed form; {@code stateSteps} of
 * these in a row approach it.
 * </ul>
 * While ε stays, F decreases by at least the right side of Lemma 1, eq. (7). When ε shrinks, a state may lie outside
 * the new box: z_l is pulled towards it as far as h_l attains it, a_l is projected, and the objective restarts.
 *
 * <p>The state keeps every residual E_l = p_l − z_l, so that no product is formed twice: an iteration costs two sample
 * products for each W_l and for each a_l, and one more for each a_l after ε has shrunk.
 *
 * @param updates how W is moved, {@link UpdateRule#MAJORISED} or {@link UpdateRule#EXACT}; the paper's is the former
 * @param rho ρ
 * @param tolerance ε
 * @param damping of exact weight steps, see {@link org.altmin.core.step.WeightStep}
 * @param stateSteps projected steps of a_l in a row, at least 1
 */
public record Dlam(UpdateRule updates, double rho, ToleranceSchedule tolerance, double damping, int stateSteps)
        implements Solver<DlamState> {

    static final String NAME = "dlam";

    @Override
    public DlamState initialise(Problem problem) {
        Requirements.activations(NAME, problem.network(), ActivationTrait.MONOTONE);
        Requirements.noSkips(NAME, problem.network());
        Requirements.noStatePenalty(NAME, problem);
        Optional<Skyline> skyline = Skyline.of(problem.la(), problem.inputs());
        problem.requireMemory(NAME, problem.samples(), planned -> new DlamState(this, planned, skyline));
        return new DlamState(this, problem, skyline);
    }

    @Override
    public StepReport step(DlamState state) {
        return state.step();
    }
}
