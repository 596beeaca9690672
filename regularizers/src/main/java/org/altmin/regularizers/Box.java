package org.altmin.regularizers;

import java.util.List;
import java.util.Map;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/**
 * The indicator of a closed interval: Ω(x) = 0 for lower ≤ x ≤ upper and +∞ elsewhere; its prox is the projection
 * min(max(q, lower), upper). An end may be infinite. An end rounded to float32 counts as inside, so that float32
 * projections stay feasible when they are checked in double.
 */
public record Box(double lower, double upper) implements Regularizer {

    private static final List<Setting> SETTINGS = List.of(new Setting("lower", "-1", "smallest allowed value"),
            new Setting("upper", "1", "largest allowed value, not below lower"));

    /** [−1, 1]. */
    public Box() {
        this(-1, 1);
    }

    public Box {
        if (!isInterval(lower, upper)) {
            throw new IllegalArgumentException("not a closed interval: [" + lower + ", " + upper + "]");
        }
    }

    @Override
    public String name() {
        return "box";
    }

    @Override
    public String description() {
        return "the constraint lower <= x <= upper";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Map<String, String> values() {
        return Map.of("lower", Double.toString(lower), "upper", Double.toString(upper));
    }

    @Override
    public Regularizer with(Map<String, String> given) {
        Settings settings = Settings.of("regularizer 'box'", SETTINGS, given);
        double lower = settings.number("lower");
        double upper = settings.number("upper");
        if (!isInterval(lower, upper)) {
            throw settings.invalid("upper", "a number not below lower=" + lower + ", with a finite number between");
        }
        return new Box(lower, upper);
    }

    private static boolean isInterval(double lower, double upper) {
        return lower <= upper && lower < Double.POSITIVE_INFINITY && upper > Double.NEGATIVE_INFINITY;
    }

    @Override
    public Expr value(Expr x) {
        Expr inside = x.atLeast(Math.min(lower, (float) lower)).min(x.atMost(Math.max(upper, (float) upper)));
        return Expr.select(inside, Expr.constant(0), Expr.constant(Double.POSITIVE_INFINITY));
    }

    @Override
    public Expr prox(Expr centre, Expr weight) {
        return centre.max(lower).min(upper);
    }
}
