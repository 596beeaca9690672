package org.altmin.solvers.bcd;

import java.util.List;
import java.util.Optional;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Requirements;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.BiasStep;
import org.altmin.core.step.Skyline;

/**
 * Proximal block coordinate descent (bcd-kl.md) on a penalised splitting of the network, backward from the last layer,
 * N layers, σ_N the identity. With three splittings (eq. (6), Algorithm 2) it minimises
 * <pre>
 *   R(V_N; Y) + Σ r(W_i) + Σ_{i&lt;N} s(V_i) + (γ/2) Σ (‖V_i − σ_i(U_i)‖² + ‖U_i − W_i V_{i−1} − b_i 1ᵀ‖²)
 * </pre>
 * in the order V_N, U_N, W_N, V_{N−1}, U_{N−1}, W_{N−1}, …, W_1, with two (eq. (3), Algorithm 1)
 * <pre>
 *   R(V_N; Y) + Σ r(W_i) + Σ_{i&lt;N} s(V_i) + (γ/2) Σ ‖V_i − σ_i(W_i V_{i−1} + b_i 1ᵀ)‖²
 * </pre>
 * in the order V_N, W_N, V_{N−1}, W_{N−1}, …, W_1. Weights and bias of a layer are one block, as in the papers. R is
 * the sum over the samples, where the paper writes the mean. A whole-batch step decreases the objective by at least
 * (min(α, γ)/2)‖step‖² (Lemma 5). Over mini-batches a step is an epoch, and what it reports is the sum over the batches
 * as each of them left it; there is no guarantee.
 *
 * <p>The defaults are those that do best on held-out samples of MNIST, mini-batches that start afresh. The paper's own
 * setting for MNIST is {@code batch=200 states=kept order=backward state-updates=exact gamma=1 alpha=0.05 loss=squared
 * init=gaussian init-scale=0.01 init-bias=0.1}, that of its published code the same with
 * {@code batch=0 alpha=5 bias-step=simultaneous}.
 *
 * @param name of the service, for messages
 * @param formulation which constraints are penalised
 * @param gamma γ
 * @param alpha α of V_N and U_i at the start
 * @param weightAlpha α of the other W_i at the start
 * @param outputAlpha α of W_N at the start
 * @param alphaGrowth what all three are multiplied with after a step
 * @param order with three splittings: of the updates
 * @param stateUpdates with three splittings: how V_i is updated
 * @param biasStep with three splittings: how b_i is updated
 * @param batch samples of a mini-batch, 0 for all
 * @param states where those of a mini-batch come from
 * @param sweeps how often a batch is swept before the next
 * @param proximalSteps see {@link org.altmin.core.step.ProximalWeightStep}
 */
public record Bcd(String name, Formulation formulation, double gamma, double alpha, double weightAlpha,
        double outputAlpha, double alphaGrowth, UpdateOrder order, StateUpdates stateUpdates, BiasStep biasStep,
        int batch, BatchStates states, int sweeps, int proximalSteps) implements Solver<BcdState> {

    @Override
    public BcdState initialise(Problem problem) {
        if (formulation == Formulation.RESIDUAL) {
            Requirements.skips(name, problem.network());
        } else {
            Requirements.noSkips(name, problem.network());
        }
        Optional<Skyline> skyline = skyline(problem);
        if (isWhole(problem) || states == BatchStates.KEPT) {
            problem.requireMemory(name, problem.samples(), planned -> new BcdState(this, planned, skyline));
        } else {
            problem.requireMemory(name, batch, List.of("a smaller batch", "narrower layers"),
                    planned -> new BcdState(this, planned, skyline));
        }
        return new BcdState(this, problem, skyline);
    }

    private boolean isWhole(Problem problem) {
        return batch == 0 || batch >= problem.samples();
    }

    /** Where the first layer meets all samples together, and only in products. */
    private Optional<Skyline> skyline(Problem problem) {
        boolean products = formulation != Formulation.TWO_SPLITTING && !problem.network().skip(1);
        return isWhole(problem) && products && problem.samples() >= problem.network().inputs()
                ? Skyline.of(problem.la(), problem.inputs()) : Optional.empty();
    }

    @Override
    public StepReport step(BcdState state) {
        return state.step();
    }
}
