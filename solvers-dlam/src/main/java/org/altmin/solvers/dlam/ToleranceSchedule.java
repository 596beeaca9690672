package org.altmin.solvers.dlam;

import java.util.List;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;

/**
 * How the tolerance ε of the activations moves from one iteration to the next.
 *
 * @param rule by what
 * @param start ε of the first iteration; 0 to follow from the problem
 * @param factor of {@link Rule#GEOMETRIC}, above 0 and at most 1
 * @param least the smallest ε of {@link Rule#GEOMETRIC}; 0 to follow from the problem
 */
public record ToleranceSchedule(Rule rule, double start, double factor, double least) {

    private static final double PAPER_RATIO = 10;
    private static final double PAPER_GROWN = 1;
    private static final double PAPER_SHRUNK = 0.01;

    /** What moves ε. */
    public enum Rule {
        /** Nothing. */
        CONSTANT,
        /**
         * dlam.md section 4.1.2, as printed: ε ← max(2ε, 1) if R(z_L; Y) &gt; 10ε, ε ← min(ε/2, 0.01) if
         * ε &gt; 10 R(z_L; Y), R being the sum over the samples.
         */
        PAPER,
        /** ε ← max(factor·ε, least); of mDLAM with factor ½ and least 10⁻³. */
        GEOMETRIC
    }

    /**
     * ε of the next iteration.
     *
     * @param loss R(z_L; Y)
     */
    double next(double tolerance, double loss) {
        return switch (rule) {
            case CONSTANT -> tolerance;
            case GEOMETRIC -> Math.max(factor * tolerance, Math.min(least, tolerance));
            case PAPER -> {
                if (loss > PAPER_RATIO * tolerance) {
                    yield Math.max(2 * tolerance, PAPER_GROWN);
                }
                yield tolerance > PAPER_RATIO * loss ? Math.min(tolerance / 2, PAPER_SHRUNK) : tolerance;
            }
        };
    }

    /** With what it left open as the regime has it. */
    ToleranceSchedule completed(Regime regime) {
        return new ToleranceSchedule(rule, start == 0 ? regime.tolerance() : start, factor,
                least == 0 ? regime.leastTolerance() : least);
    }

    static List<Setting> settings() {
        return List.of(
                new Setting("eps", "0", "tolerance of the activations in the first iteration; 0 for 1 for classes "
                        + "where a hidden layer has fewer than " + Regime.WIDE + " neurons, and 1e-3 otherwise"),
                new Setting("schedule", "geometric", "how the tolerance moves: constant, geometric, paper"),
                new Setting("eps-factor", "0.7", "factor an iteration of the geometric schedule, above 0, at most 1"),
                new Setting("eps-least", "0", "where the geometric schedule ends; 0 for 0.1 and 1e-3 in the cases of "
                        + "eps"));
    }

    static ToleranceSchedule of(Settings settings) {
        settings.positive("eps-factor");
        return new ToleranceSchedule(settings.choice("schedule", Rule.class),
                settings.number("eps", 0, Double.MAX_VALUE), settings.number("eps-factor", 0, 1),
                settings.number("eps-least", 0, Double.MAX_VALUE));
    }
}
