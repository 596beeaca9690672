package org.altmin.solvers.bcd;

import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code bcd-resnet}. */
public final class BcdResnetFactory implements SolverFactory {

    @Override
    public String name() {
        return "bcd-resnet";
    }

    @Override
    public String description() {
        return "block coordinate descent, 3-splitting of residual networks (Zeng et al. 2018)";
    }

    @Override
    public List<Setting> settings() {
        return BcdSettings.THREE_SPLITTING;
    }

    @Override
    public String stepName() {
        return "epoch";
    }

    @Override
    public Map<String, String> suggestions() {
        return BcdSettings.SUGGESTIONS;
    }

    @Override
    public Solver<?> create(Settings settings) {
        return BcdSettings.solver(name(), Formulation.RESIDUAL, settings);
    }
}
