package org.altmin.solvers.bcd;

import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** Makes {@link Bcd} for one formulation. */
abstract class BcdFactory implements SolverFactory {

    private final String name;
    private final Formulation formulation;
    private final List<Setting> settings;

    BcdFactory(String name, Formulation formulation, List<Setting> settings) {
        this.name = name;
        this.formulation = formulation;
        this.settings = settings;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Setting> settings() {
        return settings;
    }

    @Override
    public final String stepName() {
        return "epoch";
    }

    @Override
    public final Map<String, String> suggestions() {
        return BcdSettings.SUGGESTIONS;
    }

    @Override
    public final Solver<?> create(Settings given) {
        return BcdSettings.solver(name, formulation, given);
    }
}
