package org.altmin.solvers.dlam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/**
 * The service {@code mdlam}. The published code has eps=100, eps-factor=0.5, eps-least=0.001 and
 * regularizer=l2(strength=0.05).
 */
public final class MdlamFactory implements SolverFactory {

    @Override
    public String name() {
        return Mdlam.NAME;
    }

    @Override
    public String description() {
        return "DLAM with Nesterov's extrapolation of each block and a monotone guard; any monotone activation";
    }

    @Override
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("rho", "1e-4", "penalty of the linear constraints, above 0"));
        settings.addAll(ToleranceSchedule.settings());
        return settings;
    }

    @Override
    public Map<String, String> suggestions() {
        return DlamFactory.SUGGESTIONS;
    }

    @Override
    public double initialScale(Network network, TargetEncoding.Kind targets) {
        return Regime.of(network, targets).initialScale();
    }

    @Override
    public Solver<?> create(Settings settings) {
        return new Mdlam(settings.positive("rho"), ToleranceSchedule.of(settings));
    }
}
