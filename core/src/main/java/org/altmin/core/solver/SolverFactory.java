package org.altmin.core.solver;

import java.util.List;
import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.spi.Named;

/** Makes solvers of one kind; ships as a service. See {@link Solvers}. */
public interface SolverFactory extends Named {

    /**
     * The name of the setting by which a solver learns over how many steps it is planned to run, where its schedule
     * needs that; unless given it takes the run's number of iterations. A run whose seconds are bounded may end sooner:
     * see {@link SolverState#limit}. It may change when a run is resumed, so that states must not depend on it.
     */
    String EPOCHS = "epochs";

    /** What {@link #create(Settings)} reads, with the defaults. */
    List<Setting> settings();

    /** @throws org.altmin.linalg.AltminException if a value does not fit */
    Solver<?> create(Settings settings);

    /** @throws org.altmin.linalg.AltminException if a setting is unknown or its value does not fit */
    default Solver<?> create(Map<String, String> given) {
        return create(Settings.of("solver '" + name() + "'", settings(), given));
    }

    /** What one step is called: "iteration", or "epoch" for a solver that passes over mini-batches. */
    default String stepName() {
        return "iteration";
    }

    /** Values for the run's general settings (iterations, initialiser, ...) that suit this solver. */
    default Map<String, String> suggestions() {
        return Map.of();
    }

    /**
     * The factor of the initial weights that suits this solver, which init-scale=0 stands for.
     *
     * @param targets what the network is to predict
     */
    default double initialScale(Network network, TargetEncoding.Kind targets) {
        return 1;
    }
}
