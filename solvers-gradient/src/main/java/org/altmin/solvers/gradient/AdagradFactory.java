package org.altmin.solvers.gradient;

import java.util.List;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code adagrad}. */
public final class AdagradFactory implements SolverFactory {

    @Override
    public String name() {
        return "adagrad";
    }

    @Override
    public String description() {
        return "Adagrad (Duchi et al. 2011): rates that fall with the sum of squared gradients";
    }

    @Override
    public List<Setting> settings() {
        return GradientSettings.with("1e-3", Decay.NONE,
                new Setting("epsilon", "1e-10", "added to the root of the sum of squares, above 0"));
    }

    @Override
    public Solver<?> create(Settings settings) {
        Rule rule = new Rule.Adagrad(settings.positive("epsilon"));
        return GradientSettings.solver(name(), rule, settings);
    }

    @Override
    public String stepName() {
        return "epoch";
    }
}
