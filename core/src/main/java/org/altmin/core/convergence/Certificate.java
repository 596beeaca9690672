package org.altmin.core.convergence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.altmin.core.internal.Plural;

/** A {@link ConvergenceRecord} in words: what was observed, and what was not. It proves nothing about other runs. */
public final class Certificate {

    private Certificate() {
    }

    /** One statement a line. */
    public static List<String> of(ConvergenceRecord record) {
        List<String> lines = new ArrayList<>();
        if (record.size() < 2) {
            return List.of("Too few iterations (" + record.size() + ") to say anything of convergence.");
        }
        lines.add(say("Observed over %s in %d %s of comparable objectives.", iterations(record), record.phases(),
                Plural.of("phase", record.phases())));
        lines.add(decrease(record.decrease(1)));
        lines.add(decrease(record.decrease(2)));
        lines.add(residual(record));
        lines.add(tail(record.tail()));
        lines.add(steps(record));
        return lines;
    }

    /** In a few words for a table, such as "descent 119/119, residual 12 to 0.3, R-linear 0.97". */
    public static String brief(ConvergenceRecord record) {
        List<String> parts = new ArrayList<>();
        SufficientDecrease found = record.decrease(1);
        if (found.pairs() > 0) {
            parts.add(say("descent %d/%d", found.pairs() - found.violations(), found.pairs()));
        }
        double first = record.size() < 2 ? Double.NaN : record.residual(1);
        if (!Double.isNaN(first)) {
            parts.add(say("residual %.2g to %.2g", first, record.residual(record.size())));
        }
        String tail = record.size() == 0 ? "" : brief(record.tail());
        if (!tail.isEmpty()) {
            parts.add(tail);
        }
        return parts.isEmpty() ? "nothing observed" : String.join(", ", parts);
    }

    private static String decrease(SufficientDecrease found) {
        String condition = "f(k) - f(k+" + found.j() + ") >= c |step|^2";
        if (found.pairs() == 0) {
            return "Not observed: " + condition + ", since the solver reports no step or no two objectives compare.";
        } else if (found.violations() > 0) {
            return say("Violated: the objective rose over %d %s in %d of %d cases, by at most %.3g relative to its "
                    + "size.", found.j(), Plural.of("step", found.j()), found.violations(), found.pairs(),
                    found.largestViolation());
        }
        return say("Held: %s in %s, with c up to %.3g.", condition,
                found.pairs() == 1 ? "the one case" : "all " + found.pairs() + " cases", found.constant());
    }

    private static String residual(ConvergenceRecord record) {
        double first = record.residual(1);
        double last = record.residual(record.size());
        if (Double.isNaN(first) || Double.isNaN(last)) {
            return "Not observed: a primal residual, which this solver does not have.";
        }
        return say("%s: the primal residual went from %.3g to %.3g.", last < first ? "Fell" : "Did not fall", first,
                last);
    }

    private static String brief(Tail tail) {
        return switch (tail.verdict()) {
            case TOO_SHORT, TOO_FEW_DECREASES -> "";
            case RISING -> "objective rising at the end";
            case UNCLEAR -> "no clear rate";
            case NO_LIMIT -> "no limit in sight";
            case LINEAR -> say("R-linear %.3g", tail.linear().rate());
            case SUBLINEAR -> say("sublinear k^-%.2g", tail.sublinear().rate());
        };
    }

    private static String tail(Tail tail) {
        return switch (tail.verdict()) {
            case TOO_SHORT, TOO_FEW_DECREASES ->
                    "Not observed: a tail rate, since the last phase has too few decreasing steps.";
            case RISING -> say("Not converging: over the tail, the last %d iterations, the objective rose from %.6g to "
                    + "%.6g.", tail.steps(), tail.first(), tail.last());
            case UNCLEAR -> "Undecided: neither rate fits the tail well: " + fits(tail) + ".";
            case NO_LIMIT -> "Not converging yet: decreases that go on as in the tail reach no limit: " + fits(tail)
                    + ".";
            case LINEAR -> "Looks R-linear in the tail: " + fits(tail) + ".";
            case SUBLINEAR -> "Looks sublinear in the tail: " + fits(tail) + ".";
        };
    }

    private static String fits(Tail tail) {
        TailFit linear = tail.linear();
        TailFit sublinear = tail.sublinear();
        return say("%s (R2 %.3f), or %s (R2 %.3f)", linear(linear), linear.determination(), sublinear(sublinear),
                sublinear.determination());
    }

    private static String linear(TailFit fit) {
        return say(fit.converges() ? "R-linear with ratio %.4g" : "decreases that do not shrink, with ratio %.4g",
                fit.rate());
    }

    private static String sublinear(TailFit fit) {
        if (!fit.converges()) {
            return say("decreases in proportion to k^%.3g, whose sum has no bound", -fit.rate() - 1);
        }
        return say("sublinear k^-%.3g", fit.rate()) + (fit.exponent().isPresent()
                ? say(" with KL exponent %.3g", fit.exponent().getAsDouble())
                : ", slower than any KL exponent below 1 explains");
    }

    private static String iterations(ConvergenceRecord record) {
        return record.size() == record.lastIteration() ? record.size() + " iterations"
                : say("%d of %d iterations, the others having left no record,", record.size(), record.lastIteration());
    }

    private static String steps(ConvergenceRecord record) {
        double middle = record.scaledLeastStep(Math.max(1, record.size() / 2));
        double last = record.scaledLeastStep(record.size());
        if (Double.isNaN(middle) || Double.isNaN(last)) {
            return "Not observed: the decay of k c(k), since the solver reports no step.";
        }
        return say("%s: k c(k), with c(k) the least squared step so far, went from %.3g at half the run to %.3g at its "
                + "end.", last < middle ? "Fell" : "Did not fall", middle, last);
    }

    private static String say(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
