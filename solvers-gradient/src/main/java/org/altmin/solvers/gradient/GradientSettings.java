package org.altmin.solvers.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.SolverFactory;

/** The settings that all gradient solvers have. */
final class GradientSettings {

    private static final String PAPER = "paper";

    private GradientSettings() {
    }

    /** The common ones with these defaults, and then the rule's own. */
    static List<Setting> with(String rates, Decay decay, Setting... own) {
        List<Setting> settings = new ArrayList<>(List.of(
                new Setting("batch", "50", "samples in a mini-batch, 0 for the whole batch"),
                new Setting("rate", PAPER, "learning rate on the mean loss, above 0; paper: " + rates),
                new Setting("decay", decay.name().toLowerCase(Locale.ROOT),
                        "how the learning rate falls: none, step, linear"),
                new Setting("decay-factor", "0.95", "what step decay multiplies with, above 0"),
                new Setting("decay-every", "10", "epochs between the factors of step decay, at least 1"),
                new Setting(SolverFactory.EPOCHS, "0", "epochs at whose end linear decay reaches 0, at least 1 for "
                        + "linear; or at the end of the run's seconds if that is sooner")));
        settings.addAll(List.of(own));
        return settings;
    }

    static GradientSolver solver(String name, Rule rule, Settings settings) {
        double start = settings.text("rate").equals(PAPER) ? Double.NaN : settings.positive("rate");
        LearningRate rate = new LearningRate(start, settings.choice("decay", Decay.class),
                settings.positive("decay-factor"), settings.integer("decay-every", 1, Integer.MAX_VALUE),
                settings.integer(SolverFactory.EPOCHS, 0, Integer.MAX_VALUE));
        return new GradientSolver(name, rule, rate, settings.integer("batch", 0, Integer.MAX_VALUE));
    }

    /** A decay of averages, from 0 to below 1. */
    static double fraction(Settings settings, String name) {
        double value = settings.number(name, 0, 1);
        if (value == 1) {
            throw settings.invalid(name, "from 0 to below 1");
        }
        return value;
    }
}
