package org.altmin.solvers.bcd;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.step.BiasStep;

/** The settings of the three solvers. */
final class BcdSettings {

    /** Of two splittings. */
    static final List<Setting> TWO_SPLITTING = common("0.3", "1");

    /** Of three splittings. */
    static final List<Setting> THREE_SPLITTING = Stream.concat(common("0.03", "0.003").stream(), Stream.of(
            new Setting("order", "states-first", "states-first, all states backward, then the weights, or backward, as "
                    + "in the paper"),
            new Setting("state-updates", "majorised", "majorised: a gradient step, cheap in small batches, or exact, "
                    + "as in the paper"),
            new Setting("bias-step", "joint", "joint, weights and bias as one block, as in the paper, or simultaneous: "
                    + "each from the other's old value, as in its published code, without guarantee"))).toList();

    /** As many epochs as reach most of the accuracy. */
    static final Map<String, String> SUGGESTIONS = Map.of("iterations", "10");

    private BcdSettings() {
    }

    private static List<Setting> common(String gamma, String alpha) {
        return List.of(
                new Setting("gamma", gamma, "penalty of the split constraints, above 0"),
                new Setting("alpha", alpha, "proximal term, above 0"),
                new Setting("weight-alpha", "0", "proximal term of the weights, 0 for that of alpha"),
                new Setting("output-alpha", "0", "proximal term of the last layer's weights, 0 for that of "
                        + "weight-alpha"),
                new Setting("alpha-growth", "1", "what the proximal terms are multiplied with after every step, above "
                        + "0"),
                new Setting("batch", "200", "samples in a mini-batch, 0 for the whole batch"),
                new Setting("states", "afresh", "states of a mini-batch: afresh from a forward pass, or kept from "
                        + "epoch to epoch"),
                new Setting("sweeps", "1", "sweeps over a batch before the next one, at least 1"),
                new Setting("proximal-steps", "10", "inner steps of a weight step whose regularizer is neither none "
                        + "nor l2, at least 1"));
    }

    static Bcd solver(String name, Formulation formulation, Settings settings) {
        boolean three = formulation != Formulation.TWO_SPLITTING;
        double alpha = settings.positive("alpha");
        double weightAlpha = settings.number("weight-alpha", 0, Double.MAX_VALUE);
        double hiddenAlpha = weightAlpha == 0 ? alpha : weightAlpha;
        double outputAlpha = settings.number("output-alpha", 0, Double.MAX_VALUE);
        return new Bcd(name, formulation, settings.positive("gamma"), alpha, hiddenAlpha,
                outputAlpha == 0 ? hiddenAlpha : outputAlpha, settings.positive("alpha-growth"),
                three ? settings.choice("order", UpdateOrder.class) : UpdateOrder.BACKWARD,
                three ? settings.choice("state-updates", StateUpdates.class) : StateUpdates.EXACT,
                three ? settings.choice("bias-step", BiasStep.class) : BiasStep.JOINT,
                settings.integer("batch", 0, Integer.MAX_VALUE),
                settings.choice("states", BatchStates.class), settings.integer("sweeps", 1, Integer.MAX_VALUE),
                settings.integer("proximal-steps", 1, Integer.MAX_VALUE));
    }
}
