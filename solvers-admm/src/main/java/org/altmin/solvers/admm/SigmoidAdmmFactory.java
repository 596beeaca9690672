package org.altmin.solvers.admm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code sigmoid-admm}. */
public final class SigmoidAdmmFactory implements SolverFactory {

    @Override
    public String name() {
        return SigmoidAdmm.NAME;
    }

    @Override
    public String description() {
        return "sigmoid-ADMM (Zeng et al. 2021): a multiplier on every layer, linearised activations, smooth ones only";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("lambda", "1e-6", "strength of half the sum of squares of weights and biases, above 0"),
                new Setting("beta", "1", "penalty of the constraints, above 0; one number, or one for each layer, "
                        + "separated by commas"),
                new Setting("stiffness", "majorised", "curvature of the linearised steps: majorised (the bound of the "
                        + "paper), published (the simpler one of its code)"),
                new Setting("damping", "0", "proximal term of weight steps, relative to the Gram matrix's mean "
                        + "diagonal entry, 0 or more; 0, the paper's, for functions of a few inputs, 1 for images; "
                        + "float32 needs 1e-6 at least where inputs are correlated"));
    }

    @Override
    public Solver<?> create(Settings settings) {
        return new SigmoidAdmm(settings.positive("lambda"), penalties(settings),
                settings.choice("stiffness", Stiffness.class), settings.number("damping", 0, Double.MAX_VALUE));
    }

    private static List<Double> penalties(Settings settings) {
        List<Double> result = new ArrayList<>();
        for (String part : settings.text("beta").split(",")) {
            double value;
            try {
                value = Double.parseDouble(part.strip());
            } catch (NumberFormatException e) {
                throw settings.invalid("beta", "numbers above 0, separated by commas");
            }
            if (!(value > 0) || Double.isInfinite(value)) {
                throw settings.invalid("beta", "numbers above 0, separated by commas");
            }
            result.add(value);
        }
        return result;
    }

    @Override
    public Map<String, String> suggestions() {
        return Map.of("activation", "sigmoid", "precision", "float64", "init", "msra-fan-out", "init-scale", "8",
                "iterations", "200");
    }
}
