package org.altmin.solvers.admm;

import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.step.LossStep;
import org.altmin.core.step.UpdateRule;

/** The service {@code dladmm}. */
public final class DlAdmmFactory implements SolverFactory {

    @Override
    public String name() {
        return DlAdmm.NAME;
    }

    @Override
    public String description() {
        return "deep-learning ADMM (Wang et al. 2019): backward and forward sweeps, one multiplier on the last layer";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("updates", "exact", "steps of W and a: exact, majorised (as in the paper, with one "
                        + "stiffness a row or column), scalar (as published)"),
                new Setting("rho", "1e-6", "penalty of the last layer's constraint, above 0"),
                new Setting("nu", "1e-6", "penalty of the hidden layers' constraints, above 0"),
                new Setting("schedule", "constant", "growth of the penalties: constant, paper, published"),
                new Setting("damping", "0.5", "proximal term of exact weight steps, relative to the Gram matrix's "
                        + "mean diagonal entry, 0 or more"),
                new Setting("loss-prox", "exact", "the last layer's step: exact, or fista as published"),
                new Setting("fista-stiffness", "0", "stiffness of FISTA's gradient steps, 0 for the loss's curvature; "
                        + "4 in the published code"));
    }

    /** The test accuracy of one wide layer is better than that of two narrow ones. */
    @Override
    public Map<String, String> suggestions() {
        return Map.of("hidden", "400", "iterations", "120");
    }

    @Override
    public Solver<?> create(Settings settings) {
        return new DlAdmm(
                settings.choice("updates", UpdateRule.class),
                settings.positive("rho"),
                settings.positive("nu"),
                settings.choice("schedule", PenaltySchedule.class),
                settings.number("damping", 0, Double.MAX_VALUE),
                settings.choice("loss-prox", LossStep.Method.class),
                settings.number("fista-stiffness", 0, Double.MAX_VALUE));
    }
}
