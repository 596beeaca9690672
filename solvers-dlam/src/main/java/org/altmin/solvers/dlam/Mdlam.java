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
 * mDLAM (Wang, Li and Zhao, "Accelerated gradient-free neural network training by multi-convex alternating
 * optimization", Neurocomputing 2022; am-convergence-rate.md, Example 3.3): {@link Dlam} with Nesterov's extrapolation
 * of each block, ω_k = (t_{k−1} − 1)/t_k, t_k = (1 + √(1 + 4 t²_{k−1}))/2, t_0 = 1, and a guard that redoes the block
 * without it when the objective did not decrease.
 *
 * <p>W and a are extrapolated. The steps of b and z, whose stiffness is exactly that of the penalty, end in the block's
 * minimiser from whatever point they start, so that extrapolating them would change nothing.
 *
 * <p>While ε stays, F never rises, and F_k − F_{k+1} ≥ (ρ/2)(‖Δz‖² + n‖Δb‖² + c Σ θ_i ‖ΔW_i‖² + c Σ σ_j ‖Δa_j‖²) with
 * c = 10⁻⁴, hence also over two steps.
 *
 * @param rho ρ
 * @param tolerance ε
 */
public record Mdlam(double rho, ToleranceSchedule tolerance) implements Solver<DlamState> {

    static final String NAME = "mdlam";

    @Override
    public DlamState initialise(Problem problem) {
        Requirements.activations(NAME, problem.network(), ActivationTrait.MONOTONE);
        Requirements.noSkips(NAME, problem.network());
        Requirements.noStatePenalty(NAME, problem);
        Dlam plain = new Dlam(UpdateRule.MAJORISED, rho, tolerance, 0, 1);
        Optional<Skyline> skyline = Skyline.of(problem.la(), problem.inputs());
        problem.requireMemory(NAME, problem.samples(), planned -> new DlamState(plain, planned, skyline, true));
        return new DlamState(plain, problem, skyline, true);
    }

    @Override
    public StepReport step(DlamState state) {
        return state.step();
    }
}
