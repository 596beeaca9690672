package org.altmin.solvers.online;

import java.util.List;
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
 *   a_l* = a_l − g/τ,  g = W_{l+1}ᵀ(z_{l+1} − z_{l+1}*),  τ = ‖W_{l+1} g‖²/‖g‖² as {@link Curvature} says,
 *                                                        l = L − 1 … 1,
 *   z_l* from a_l* as {@link MisfitStep} says.
 * </pre>
 * Then every layer takes a damped, relaxed least-squares step towards its targets, in the metric of the running
 * covariance G of its inputs, with the bias absorbed:
 * <pre>
 *   W_l ← (1 − ρs) W_l + η (Z_l* − Z_l) Cᵀ (G + αI)⁻¹/B,   C = A_{l−1} − m 1ᵀ, m the mean over the batch,
 *   b_l ← b_l + η (mean over the batch of (Z_l* − Z_l)(1 − mᵀ (G + αI)⁻¹ c)),
 *   G ← κ G + (1 − κ) C Cᵀ/B, a plain mean while that forgets faster,   α = λ · trace(G)/n_{l−1},
 *   η = s √(1 + variance of z_l/mean square of z_l* − z_l), running means with the same κ.
 * </pre>
 * Of a wide layer's G only a sketch of rank r is kept, which changes (G + αI)⁻¹ little where λ is large.
 *
 * <p>So the targets are taken at a distance that is the fraction s of the pre-activations' deviation, however small the
 * residual has become: steps that shrink with the residual fit the training samples as well, and others worse. With N
 * planned updates s is at first min(1, σ/√N), so that the distance gone does not depend on N, and falls linearly to 0.
 * The last layer has a σ of its own, far below the others', because it would otherwise take up the whole residual and
 * leave nothing for the hidden layers to learn. Where a bound on the seconds ends the run first, s falls with them, and
 * N is what fits into them at the speed so far. The network that the state shows is the running mean of the iterates,
 * which is ahead of them as long as s is large. Steps whose length does not fall with the residual leave in the
 * weights what the samples do not determine, and the initial weights; 1 − ρs, the proximal operator of a squared norm
 * whose strength falls with the steps, takes it away in long runs. A penalty Ω is met after each step
 * by its proximal operator in the mean of the metric, of weight n w (1 + 1/λ) α/η: the method has no one objective in
 * which it could be exact.
 *
 * <p>Before each update a part of the batch can be moved against its targets,
 * <pre>
 *   a_0 ← a_0 − ε √(trace G) p/‖p‖,   p = W_1ᵀ(z_1* − z_1),
 * </pre>
 * so that the network also learns what holds around its samples: the adversarial examples of Goodfellow, Shlens and
 * Szegedy 2015, "Explaining and harnessing adversarial examples", in the Euclidean norm.
 *
 * <p>The objective reported is the mean of the losses of the epoch as they were seen, each at the iterate before the
 * update that used it and at the inputs as moved, and the penalty at the iterate before the step over the number of
 * samples. The squared step is the iterate's.
 *
 * @param batch B
 * @param epochs at whose end s is 0
 * @param hiddenStep σ of the hidden layers
 * @param lastStep σ of the last layer
 * @param shrinkage ρ, from 0 to below 1
 * @param adversary ε, 0 for none
 * @param adversaryPart the part of each batch that is moved
 * @param lossWeight w
 * @param misfit how z_l* is found
 * @param misfitWeight ω
 * @param curvature how τ is found
 * @param damping λ
 * @param rank r of the sketch that stands for G; 0 for G itself
 * @param memory κ, what is kept of the running means from batch to batch
 * @param averaging the part of the planned updates over which the weights are averaged; 0 for the iterate itself
 * @param sampleEvery batches between two that enter G and the mean of the weights
 * @param refresh batches between two inverses of G + αI, and at first one at every power of two
 */
public record OnlineAltMin(int batch, int epochs, double hiddenStep, double lastStep, double shrinkage,
        double adversary, double adversaryPart, double lossWeight, MisfitStep misfit, double misfitWeight,
        Curvature curvature, double damping, int rank, double memory, double averaging, int sampleEvery, int refresh)
        implements Solver<OnlineState> {

    static final String NAME = "online-altmin";

    @Override
    public OnlineState initialise(Problem problem) {
        Requirements.noSkips(NAME, problem.network());
        Requirements.noStatePenalty(NAME, problem);
        problem.requireMemory(NAME, Math.min(batch, problem.samples()), List.of("a smaller batch", "narrower layers"),
                planned -> new OnlineState(this, planned));
        return new OnlineState(this, problem);
    }

    @Override
    public StepReport step(OnlineState state) {
        return state.step();
    }
}
