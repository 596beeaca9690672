package org.altmin.solvers.admm;

import java.util.Optional;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Requirements;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.Skyline;

/**
 * The ADMM of Taylor, Burmeister, Xu, Singh, Patel and Goldstein, "Training neural networks without gradients: a
 * scalable ADMM approach", ICML 2016, which the later papers compare with. It alternates on
 * <pre>
 *   R(z_L; Y) + ⟨u, z_L⟩ + Σ Ω(W_l) + (β/2) Σ ‖z_l − p_l‖² + (γ/2) Σ_{l&lt;L} ‖a_l − h_l(z_l)‖²,
 *   p_l = W_l a_{l−1} + b_l,
 * </pre>
 * for l = 1 … L − 1 in W_l, a_l, z_l, then in W_L and z_L, each exactly, and moves u ← u + β(z_L − p_L). The multiplier
 * stands at z_L alone, in the way of Bregman iterations: the steps of W_L and a_{L−1} do not see it. The hidden layers'
 * constraints are penalties only.
 *
 * <p>The authors' penalties have no ½ and their step of u no 2; with the ½ here u = −∇R(z_L) holds after every step of
 * it. They draw a and z at random, here they start at the forward pass of the initial weights. W_l = z_l a⁺ is taken in
 * Gram form as z_l aᵀ(a aᵀ + αI)⁻¹, biases being weights of a constant input that α leaves alone: a damped
 * pseudo-inverse, whose limit for α → 0 is the exact one. Without damping, inputs that are always 0, such as the border
 * pixels of MNIST or dead ReLUs, are refused as singular.
 *
 * <p>The gradient of a layer's weights is found as W ã ãᵀ − z ãᵀ, a difference of products, which in float32 leaves the
 * objective with about 1e-5 of it in error.
 *
 * @param beta β
 * @param gamma γ
 * @param warmStart the number of first iterations that leave u at 0
 * @param damping α in units of trace(a aᵀ)/m
 */
public record TaylorAdmm(double beta, double gamma, int warmStart, double damping)
        implements Solver<TaylorAdmmState> {

    static final String NAME = "taylor-admm";

    @Override
    public TaylorAdmmState initialise(Problem problem) {
        Requirements.noSkips(NAME, problem.network());
        Requirements.noStatePenalty(NAME, problem);
        Requirements.quadraticPenalty(NAME, problem);
        Optional<Skyline> skyline = Skyline.of(problem.la(), problem.inputs());
        problem.requireMemory(NAME, problem.samples(), planned -> new TaylorAdmmState(this, planned, skyline));
        return new TaylorAdmmState(this, problem, skyline);
    }

    @Override
    public StepReport step(TaylorAdmmState state) {
        return state.step();
    }
}
