package com.example.solver;

import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code random-features}: names the solver, reads its settings. */
public final class RandomFeaturesFactory implements SolverFactory {

    static final String NAME = "random-features";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "hidden layers as initialised, the last one by ridge regression (Huang et al. 2006)";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("damping", "1e-3",
                "the ridge, as a share of the mean diagonal entry of the Gram matrix; 0 for none"));
    }

    @Override
    public Solver<?> create(Settings settings) {
        return new RandomFeatures(settings.number("damping", 0, Double.MAX_VALUE));
    }

    @Override
    public Map<String, String> suggestions() {
        return Map.of("hidden", "1000", "loss", "squared", "iterations", "1");
    }
}
