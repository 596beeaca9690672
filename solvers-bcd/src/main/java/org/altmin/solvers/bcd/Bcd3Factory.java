package org.altmin.solvers.bcd;

import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code bcd3}. */
public final class Bcd3Factory implements SolverFactory {

    @Override
    public String name() {
        return "bcd3";
    }

    @Override
    public String description() {
        return "block coordinate descent, 3-splitting (Zeng et al. 2018): every block in closed form";
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
        return BcdSettings.solver(name(), Formulation.THREE_SPLITTING, settings);
    }
}
