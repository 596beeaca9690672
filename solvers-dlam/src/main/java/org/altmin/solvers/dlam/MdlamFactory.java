package org.altmin.solvers.dlam;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code mdlam}. */
public final class MdlamFactory implements SolverFactory {

    @Override
    public String name() {
        return "mdlam";
    }

    @Override
    public String description() {
        return "DLAM with Nesterov's extrapolation of each block and a monotone guard; any monotone activation";
    }

    @Override
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("rho", "1e-4", "penalty of the linear constraints, above 0"));
        settings.addAll(ToleranceSchedule.settings("100", "geometric", "0.5", "0.001"));
        return settings;
    }

    @Override
    public Solver<?> create(Settings settings) {
        return new Mdlam(settings.positive("rho"), ToleranceSchedule.of(settings));
    }
}
