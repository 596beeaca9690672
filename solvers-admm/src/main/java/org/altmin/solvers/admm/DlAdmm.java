package org.altmin.solvers.admm;

import java.util.Optional;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Requirements;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.LossStep;
import org.altmin.core.step.Skyline;
import org.altmin.core.step.UpdateRule;

/**
 * dlADMM (dladmm.md, Algorithm 1): minimises the augmented Lagrangian
 * <pre>
 *   L_ρ = R(z_L; Y) + Σ Ω(W_l) + (ν/2) Σ_{l&lt;L} (‖z_l − p_l‖² + ‖a_l − h_l(z_l)‖²)
 *         + ⟨u, z_L − p_L⟩ + (ρ/2)‖z_L − p_L‖²,     p_l = W_l a_{l−1} + b_l,
 * </pre>
 * block by block, backward l = L … 1 in the order a, z, b, W and forward l = 1 … L in the order W, b, z, a, and then
 * moves u ← u + ρ(z_L − p_L).
 *
 * <p>No product over n samples is formed twice. A layer of k neurons and m inputs costs 4kmn operations an iteration if
 * it is the first of several; 10kmn + 5m²n, by Gram matrices, if it is hidden and k ≥ ⅚m (exact steps: k ≥ 0.35m); and
 * else, as the last layer, 16kmn with majorised steps and no regulariser.
 *
 * @param updates how W and a are moved; the paper's is {@link UpdateRule#MAJORISED}
 * @param rho ρ at the start
 * @param nu ν at the start
 * @param schedule how they grow
 * @param damping of exact weight steps, see {@link org.altmin.core.step.WeightStep}
 * @param lossProx how z_L is found
 * @param fistaStiffness of FISTA's steps, 0 for the loss's curvature
 */
public record DlAdmm(UpdateRule updates, double rho, double nu, PenaltySchedule schedule, double damping,
        LossStep.Method lossProx, double fistaStiffness) implements Solver<DlAdmmState> {

    static final String NAME = "dladmm";

    @Override
    public DlAdmmState initialise(Problem problem) {
        Requirements.noSkips(NAME, problem.network());
        Requirements.noStatePenalty(NAME, problem);
        Optional<Skyline> skyline = skyline(problem);
        problem.requireMemory(NAME, problem.samples(), planned -> new DlAdmmState(this, planned, skyline));
        return new DlAdmmState(this, problem, skyline);
    }

    /** The published schedule looks at the loss of the problem's samples in their own order. */
    private Optional<Skyline> skyline(Problem problem) {
        return schedule == PenaltySchedule.PUBLISHED ? Optional.empty()
                : Skyline.of(problem.la(), problem.inputs());
    }

    @Override
    public StepReport step(DlAdmmState state) {
        return state.step();
    }
}
