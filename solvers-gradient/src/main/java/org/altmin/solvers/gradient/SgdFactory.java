package org.altmin.solvers.gradient;

import java.util.List;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code sgd}. */
public final class SgdFactory implements SolverFactory {

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public String description() {
        return "stochastic gradient descent";
    }

    @Override
    public List<Setting> settings() {
        return GradientSettings.with("0.1, whole batch 1e-6 times the samples", Decay.STEP);
    }

    @Override
    public Solver<?> create(Settings settings) {
        return GradientSettings.solver(name(), new Rule.Sgd(), settings);
    }

    @Override
    public String stepName() {
        return "epoch";
    }
}
