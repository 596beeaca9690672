package org.altmin.solvers.admm;

import java.util.List;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code taylor-admm}. */
public final class TaylorAdmmFactory implements SolverFactory {

    @Override
    public String name() {
        return TaylorAdmm.NAME;
    }

    @Override
    public String description() {
        return "ADMM of Taylor et al. 2016: exact steps of every block, one multiplier on the last layer";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("beta", "1", "penalty of z = W a + b, above 0"),
                new Setting("gamma", "10", "penalty of a = h(z), above 0"),
                new Setting("warm-start", "10", "first iterations without a multiplier"),
                new Setting("damping", "1e-3", "ridge of weight steps, relative to the Gram matrix's mean diagonal "
                        + "entry, 0 or more; 0 is the pseudo-inverse, which inputs that are always 0 make singular"));
    }

    @Override
    public Solver<?> create(Settings settings) {
        return new TaylorAdmm(settings.positive("beta"), settings.positive("gamma"),
                settings.integer("warm-start", 0, Integer.MAX_VALUE),
                settings.number("damping", 0, Double.MAX_VALUE));
    }
}
