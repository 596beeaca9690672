package org.altmin.solvers.online;

import org.altmin.core.network.Problem;
import org.altmin.core.solver.Requirements;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.StepReport;

/**
 * Online alternating minimisation over mini-batches; its nearest ancestors are Choromanska et al. 2018, "Beyond
 * backprop: alternating minimization with co-activation memory", and Frerix et al. 2018, "Proximal backpropagation". A
 * step is an epoch. For each batch of B samples the states start at the forward pass, where every residual is zero, and
 * one backward sweep sets targets, sample by sample:
 * <pre>
 *   z_L* = argmin R(z; y) + (w/2)‖z − z_L‖²,
 *   a_l* = a_l − g/τ,  g = W_{l+1}ᵀ(z_{l+1} − z_{l+1}*),  τ = ‖W_{l+1} g‖²/‖g‖²,      l = L − 1 … 1,
 *   z_l* from a_l* as {@link MisfitStep} says.
 * </pre>
 * Then every layer takes a damped, relaxed least-squares step towards its targets, in the metric of a running mean Ḡ of
 * the second moments of its inputs, with the bias absorbed, ã = [a; 1]:
 * <pre>
 *   [W_l b_l] ← [W_l b_l] + η (Z_l* − Z_l) Ãᵀ (Ḡ + αI)⁻¹ / B,   α = λ · (mean variance of a_{l−1}'s entries),
 *   Ḡ ← κ Ḡ + (1 − κ) ÃÃᵀ/B, a plain mean while that forgets faster,
 *   η = s √(1 + mean(Z_l²)/mean((Z_l* − Z_l)²)), running means over the batches with the same κ.
 * </pre>
 * So the targets are taken at a distance that is the fraction s of the pre-activations' size, however small the residual
 * has become: steps that shrink with the residual fit the training samples as well, and others worse. s falls linearly
 * to 0 over the planned epochs. The last layer has one of its own, far below the others', because it would otherwise
 * take up the whole residual and leave nothing for the hidden layers to learn. A penalty Ω is met after each step by its proximal operator in the mean of the metric, of weight
 * n w (1 + 1/λ) α/η: the method has no one objective in which it could be exact.
 *
 * <p>The objective reported is the mean of the losses of the epoch as they were seen, each at the weights before the
 * update that used it, and the penalty at the weights before the step over the number of samples.
 *
 * @param batch B
 * @param epochs at whose end s is 0
 * @param hiddenStep s of the hidden layers at the start
 * @param lastStep s of the last layer at the start
 * @param lossWeight w
 * @param misfit how z_l* is found
 * @param misfitWeight ω
 * @param damping λ
 * @param memory κ, what is kept of the running means from batch to batch
 * @param gramEvery batches between two that enter Ḡ, with κ to that power
 * @param refresh batches between two inverses of Ḡ + αI, and at first one at every power of two
 */
public record OnlineAltMin(int batch, int epochs, double hiddenStep, double lastStep, double lossWeight,
        MisfitStep misfit, double misfitWeight, double damping, double memory, int gramEvery, int refresh)
        implements Solver<OnlineState> {

    static final String NAME = "online-altmin";

    @Override
    public OnlineState initialise(Problem problem) {
        Requirements.noSkips(NAME, problem.network());
        Requirements.noStatePenalty(NAME, problem);
        return new OnlineState(this, problem);
    }

    @Override
    public StepReport step(OnlineState state) {
        return state.step();
    }
}
