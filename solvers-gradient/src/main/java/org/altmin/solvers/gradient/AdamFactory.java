package org.altmin.solvers.gradient;

import java.util.List;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code adam}. */
public final class AdamFactory implements SolverFactory {

    @Override
    public String name() {
        return "adam";
    }

    @Override
    public String description() {
        return "Adam (Kingma and Ba 2015): rates from running moments of the gradient";
    }

    @Override
    public List<Setting> settings() {
        return GradientSettings.with("1e-3", Decay.NONE,
                new Setting("beta1", "0.9", "what is kept of the mean gradient, from 0 to below 1"),
                new Setting("beta2", "0.999", "what is kept of the mean squared gradient, from 0 to below 1"),
                new Setting("epsilon", "1e-8", "added to the root of the mean square, above 0"));
    }

    @Override
    public Solver<?> create(Settings settings) {
        Rule rule = new Rule.Adam(GradientSettings.fraction(settings, "beta1"),
                GradientSettings.fraction(settings, "beta2"), settings.positive("epsilon"));
        return GradientSettings.solver(name(), rule, settings);
    }

    @Override
    public String stepName() {
        return "epoch";
    }
}
