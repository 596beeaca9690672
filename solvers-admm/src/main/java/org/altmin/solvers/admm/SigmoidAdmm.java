package org.altmin.solvers.admm;

import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.solver.Requirements;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.StepReport;
import org.altmin.linalg.AltminException;

/**
 * ADMM with local linear approximation (Zeng, Lin, Yao and Zhou, "On ADMM in deep learning: convergence and
 * saturation-avoidance", JMLR 22, 2021; sigmoid-admm.md, Algorithm 1). It keeps all constraints of
 * <pre>
 *   min R(V_L; Y) + (λ/2) Σ ‖[W_l b_l]‖² + Σ Ω(W_l)   subject to   V_l = h_l(p_l) for l &lt; L,  V_L = p_L,
 *   p_l = W_l V_{l−1} + b_l,  V_0 = X,
 * </pre>
 * with a multiplier Λ_l on every layer, and alternates on the augmented Lagrangian
 * 𝓛 = … + Σ ⟨Λ_l, r_l⟩ + Σ (β_l/2)‖r_l‖², r_l = h_l(p_l) − V_l: W backward l = L … 1, V forward l = 1 … L, then all Λ.
 * Where a block stands inside an activation, its term is replaced by the quadratic model of eqs. (16) and (17), whose
 * curvature is the {@link Stiffness}. Steps are the linear solves of Lemma 8, eqs. (50)–(57), taken as increments.
 *
 * <p>The paper has the squared loss; any loss is taken here through its prox, for which Λ_L = ∇R(V_L) still holds
 * (eq. 47). Biases are weights of a constant input, as in the published code, so that λ holds for them too.
 *
 * <p>At the end {@link StepReport#primalResidual()} is ‖∇_Λ 𝓛‖ = √Σ‖r_l‖² and {@link StepReport#dualResidual()}
 * is the norm of ∇𝓛 over all W, b and V: both 0 at the points that satisfy the KKT conditions, eq. (24).
 *
 * @param lambda λ
 * @param beta β_1 … β_L, or one value for all layers
 * @param stiffness the curvature of the quadratic models
 * @param damping a proximal term (α/2)‖ΔW‖² on the weight steps, α = damping · c · trace(V Vᵀ)/m with the model's
 *     curvature c. It changes neither the KKT points nor the decrease of 𝓛. The paper's is 0, which approximates
 *     functions of a few inputs best; with hundreds of correlated inputs the undamped steps run along directions that
 *     the samples hardly show, and the multipliers swing
 */
public record SigmoidAdmm(double lambda, List<Double> beta, Stiffness stiffness, double damping)
        implements Solver<SigmoidAdmmState> {

    static final String NAME = "sigmoid-admm";

    public SigmoidAdmm {
        beta = List.copyOf(beta);
    }

    @Override
    public SigmoidAdmmState initialise(Problem problem) {
        Network network = problem.network();
        Requirements.activations(NAME, network, ActivationTrait.TWICE_DIFFERENTIABLE, ActivationTrait.BOUNDED);
        Requirements.noSkips(NAME, network);
        Requirements.noStatePenalty(NAME, problem);
        Requirements.quadraticPenalty(NAME, problem);
        if (beta.size() != 1 && beta.size() != network.depth()) {
            throw new AltminException("The setting 'beta' of the solver '" + NAME + "' must be one number, or one for "
                    + "each of the " + network.depth() + " layers, not " + beta.size() + " numbers.");
        }
        problem.requireMemory(NAME, problem.samples(), planned -> new SigmoidAdmmState(this, planned));
        return new SigmoidAdmmState(this, problem);
    }

    /** β_l. */
    double beta(int layer) {
        return beta.get(beta.size() == 1 ? 0 : layer - 1);
    }

    @Override
    public StepReport step(SigmoidAdmmState state) {
        return state.step();
    }
}
