package org.altmin.solvers.gradient;

import java.util.List;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code adadelta}. */
public final class AdadeltaFactory implements SolverFactory {

    @Override
    public String name() {
        return "adadelta";
    }

    @Override
    public String description() {
        return "Adadelta (Zeiler 2012): rates from the ratio of mean squared moves and gradients";
    }

    @Override
    public List<Setting> settings() {
        return GradientSettings.with("0.1", Decay.NONE,
                new Setting("rho", "0.95", "what is kept of the mean squares, from 0 to below 1"),
                new Setting("epsilon", "1e-6", "added to the mean squares, above 0"));
    }

    @Override
    public Solver<?> create(Settings settings) {
        Rule rule = new Rule.Adadelta(GradientSettings.fraction(settings, "rho"), settings.positive("epsilon"));
        return GradientSettings.solver(name(), rule, settings);
    }

    @Override
    public String stepName() {
        return "epoch";
    }
}
