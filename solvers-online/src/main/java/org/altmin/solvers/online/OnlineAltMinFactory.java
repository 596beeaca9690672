package org.altmin.solvers.online;

import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;

/** The service {@code online-altmin}. */
public final class OnlineAltMinFactory implements SolverFactory {

    @Override
    public String name() {
        return OnlineAltMin.NAME;
    }

    @Override
    public String description() {
        return "online alternating minimisation: targets by a backward sweep on mini-batches, Gram weight steps with "
                + "memory";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("batch", "100", "samples in a mini-batch, at least 1"),
                new Setting(SolverFactory.EPOCHS, "5", "epochs over which the steps fall linearly to 0, at least 1; or "
                        + "over the run's seconds if these end first"),
                new Setting("hidden-step", "14", "how far the hidden layers' targets are taken, relative to the "
                        + "pre-activations' deviation over the root of the number of planned updates, above 0"),
                new Setting("last-step", "1", "how far the last layer's targets are taken, likewise, above 0"),
                new Setting("shrinkage", "0", "what the weights lose in a step, relative to how far its targets are "
                        + "taken, from 0 to below 1; 0.003 suits long runs"),
                new Setting("adversary", "0", "how far inputs are moved against their targets before each update, "
                        + "relative to their deviation, from 0 to 10; 0.1 suits MNIST"),
                new Setting("adversary-part", "0.5", "the part of each batch whose inputs adversary moves, from 0 to "
                        + "1"),
                new Setting("loss-weight", "0.3", "weight of the loss's proximal operator, above 0; smaller is "
                        + "further"),
                new Setting("misfit", "pass", "targets of pre-activations: pass, prox"),
                new Setting("misfit-weight", "1", "weight of misfit=prox, above 0; smaller is further"),
                new Setting("curvature", "batch", "stiffness of the steps of activations: sample, of each its own, or "
                        + "batch, one for all"),
                new Setting("damping", "20", "ridge of the weight steps relative to the mean variance of a layer's "
                        + "inputs, above 0"),
                new Setting("rank", "64", "of the sketch of a layer's Gram matrix, where that has more than twice as "
                        + "many rows; 0 for the matrix itself"),
                new Setting("memory", "0.99", "what is kept of running means from batch to batch, from 0 to below 1"),
                new Setting("averaging", "0.03", "part of the planned updates over which the weights are averaged, "
                        + "from 0 to below 1; 0 for none"),
                new Setting("sample-every", "5", "batches between two that enter the Gram matrix and the mean of the "
                        + "weights, at least 1"),
                new Setting("refresh", "50", "batches between two inverses of the Gram matrix, at least 1"));
    }

    @Override
    public Solver<?> create(Settings settings) {
        return new OnlineAltMin(
                settings.integer("batch", 1, Integer.MAX_VALUE),
                settings.integer(SolverFactory.EPOCHS, 1, Integer.MAX_VALUE),
                settings.positive("hidden-step"),
                settings.positive("last-step"),
                fraction(settings, "shrinkage"),
                settings.number("adversary", 0, 10),
                settings.number("adversary-part", 0, 1),
                settings.positive("loss-weight"),
                settings.choice("misfit", MisfitStep.class),
                settings.positive("misfit-weight"),
                settings.choice("curvature", Curvature.class),
                settings.positive("damping"),
                settings.integer("rank", 0, Integer.MAX_VALUE / 2),
                fraction(settings, "memory"),
                fraction(settings, "averaging"),
                settings.integer("sample-every", 1, Integer.MAX_VALUE),
                settings.integer("refresh", 1, Integer.MAX_VALUE));
    }

    @Override
    public String stepName() {
        return "epoch";
    }

    @Override
    public Map<String, String> suggestions() {
        return Map.of("hidden", "400,400", "iterations", "5", "smoothing", "0.1");
    }

    private static double fraction(Settings settings, String name) {
        double value = settings.number(name, 0, 1);
        if (value == 1) {
            throw settings.invalid(name, "from 0 to below 1");
        }
        return value;
    }
}
