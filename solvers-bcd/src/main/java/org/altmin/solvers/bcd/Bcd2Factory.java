package org.altmin.solvers.bcd;

import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code bcd2}. */
public final class Bcd2Factory implements SolverFactory {

    @Override
    public String name() {
        return "bcd2";
    }

    @Override
    public String description() {
        return "block coordinate descent, 2-splitting (Zeng et al. 2018): prox-linear steps";
    }

    @Override
    public List<Setting> settings() {
        return BcdSettings.TWO_SPLITTING;
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
        return BcdSettings.solver(name(), Formulation.TWO_SPLITTING, settings);
    }
}
