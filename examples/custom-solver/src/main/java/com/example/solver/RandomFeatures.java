package com.example.solver;

import java.util.List;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.solver.Requirements;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.StepReport;
import org.altmin.linalg.AltminException;

/**
 * Random features, also called an extreme learning machine (Huang, Zhu and Siew, "Extreme learning machine: theory and
 * applications", Neurocomputing 70, 2006): the hidden layers stay as initialised, and with H = a_{L−1}, m × n, the last
 * layer minimises
 *
 * <p>½‖W H + b 1ᵀ − Y‖² + (λ/2)‖W‖²,
 *
 * <p>whose solution is W = C (G + λ I)⁻¹, b = (Y 1 − W H 1)/n, where G = H Hᵀ − H 1 (H 1)ᵀ/n and
 * C = Y Hᵀ − Y 1 (H 1)ᵀ/n; without a bias G = H Hᵀ and C = Y Hᵀ. λ = μ + damping · trace(G)/m, with μ of the
 * regulariser (μ/2)‖W‖².
 *
 * <p>A step is Newton's, W ← W − (W (G + λ I) − C)(G + λ I)⁻¹. The first reaches the solution; further ones only take
 * back its rounding error. Costs m²n once, and a forward pass a step.
 *
 * @param damping relative part of λ
 */
record RandomFeatures(double damping) implements Solver<RandomFeaturesState> {

    @Override
    public RandomFeaturesState initialise(Problem problem) {
        String name = RandomFeaturesFactory.NAME;
        Requirements.loss(name, problem, LossTrait.QUADRATIC);
        Requirements.quadraticPenalty(name, problem);
        Requirements.noStatePenalty(name, problem);
        Requirements.noSkips(name, problem.network());
        if (problem.network().depth() < 2) {
            throw new AltminException("The solver '" + name + "' needs a hidden layer, and the "
                    + problem.network().shape() + " network has none; use hidden=1000.");
        }
        problem.requireMemory(name, RandomFeaturesState.slice(problem), List.of("narrower layers"),
                planned -> new RandomFeaturesState(planned, damping));
        return new RandomFeaturesState(problem, damping);
    }

    @Override
    public StepReport step(RandomFeaturesState state) {
        return state.step();
    }
}
