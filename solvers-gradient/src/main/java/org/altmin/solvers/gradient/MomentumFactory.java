package org.altmin.solvers.gradient;

import java.util.List;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code momentum}. */
public final class MomentumFactory implements SolverFactory {

    @Override
    public String name() {
        return "momentum";
    }

    @Override
    public String description() {
        return "stochastic gradient descent with momentum (Polyak 1964)";
    }

    @Override
    public List<Setting> settings() {
        return GradientSettings.with("0.1, whole batch 1e-6 times the samples", Decay.STEP,
                new Setting("momentum", "0.5", "what is kept of the velocity, from 0 to below 1"));
    }

    @Override
    public Solver<?> create(Settings settings) {
        Rule rule = new Rule.Momentum(GradientSettings.fraction(settings, "momentum"));
        return GradientSettings.solver(name(), rule, settings);
    }

    @Override
    public String stepName() {
        return "epoch";
    }
}
