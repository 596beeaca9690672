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
import org.altmin.core.step.UpdateRule;

/** The service {@code dlam}. The paper has updates=majorised, eps=10 and schedule=paper; see {@link Regime}. */
public final class DlamFactory implements SolverFactory {

    static final Map<String, String> SUGGESTIONS = Map.of("init", "msra", "init-scale", "0");

    private static final int MOST_STATE_STEPS = 1000;

    @Override
    public String name() {
        return Dlam.NAME;
    }

    @Override
    public String description() {
        return "deep-learning alternating minimisation: activations within a tolerance, bounds inverted; "
                + "any monotone activation";
    }

    @Override
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("updates", "exact",
                "steps of W: majorised (one stiffness a row, the paper's), exact"));
        settings.add(new Setting("rho", "1e-4", "penalty of the linear constraints, above 0"));
        settings.addAll(ToleranceSchedule.settings());
        settings.add(new Setting("damping", "1", "proximal term of exact weight steps, relative to the Gram "
                + "matrix's mean diagonal entry, 0 or more"));
        settings.add(new Setting("state-steps", "1", "projected steps of each a in a row"));
        return settings;
    }

    @Override
    public Map<String, String> suggestions() {
        return SUGGESTIONS;
    }

    @Override
    public double initialScale(Network network, TargetEncoding.Kind targets) {
        return Regime.of(network, targets).initialScale();
    }

    @Override
    public Solver<?> create(Settings settings) {
        UpdateRule updates = settings.choice("updates", UpdateRule.class);
        if (updates == UpdateRule.SCALAR) {
            throw settings.invalid("updates", "majorised or exact");
        }
        return new Dlam(updates, settings.positive("rho"), ToleranceSchedule.of(settings),
                settings.number("damping", 0, Double.MAX_VALUE),
                settings.integer("state-steps", 1, MOST_STATE_STEPS));
    }
}
