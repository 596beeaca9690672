package org.altmin.core.convergence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A {@link ConvergenceRecord} in words: what was observed, and what was not. It proves nothing about other runs. */
public final class Certificate {

    private static final double GOOD_FIT = 0.9;

    private Certificate() {
    }

    /** One statement a line. */
    public static List<String> of(ConvergenceRecord record) {
        List<String> lines = new ArrayList<>();
        if (record.size() < 2) {
            return List.of("Too few iterations (" + record.size() + ") to say anything of convergence.");
        }
        lines.add(say("Observed over %d iterations in %d %s of comparable objectives.", record.size(), record.phases(),
                record.phases() == 1 ? "phase" : "phases"));
        lines.add(decrease(record.decrease(1)));
        lines.add(decrease(record.decrease(2)));
        lines.add(residual(record));
        lines.add(tail(record));
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
        Optional<TailFit> linear = record.size() == 0 ? Optional.empty() : record.tail(TailFit.Kind.LINEAR);
        Optional<TailFit> sublinear = record.size() == 0 ? Optional.empty() : record.tail(TailFit.Kind.SUBLINEAR);
        if (linear.isPresent() && sublinear.isPresent()) {
            boolean isLinear = linear.get().determination() >= sublinear.get().determination();
            TailFit better = isLinear ? linear.get() : sublinear.get();
            parts.add(better.determination() < GOOD_FIT ? "no clear rate"
                    : say(isLinear ? "R-linear %.3g" : "sublinear k^-%.2g", better.rate()));
        }
        return parts.isEmpty() ? "nothing observed" : String.join(", ", parts);
    }

    private static String decrease(SufficientDecrease found) {
        String condition = "f(k) - f(k+" + found.j() + ") >= c |step|^2";
        if (found.pairs() == 0) {
            return "Not observed: " + condition + ", since the solver reports no step or no two objectives compare.";
        } else if (found.violations() > 0) {
            return say("Violated: the objective rose over %d %s in %d of %d cases, by at most %.3g relative to its size.",
                    found.j(), found.j() == 1 ? "step" : "steps", found.violations(), found.pairs(),
                    found.largestViolation());
        }
        return say("Held: %s in all %d cases, with c up to %.3g.", condition, found.pairs(), found.constant());
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

    private static String tail(ConvergenceRecord record) {
        Optional<TailFit> linear = record.tail(TailFit.Kind.LINEAR);
        Optional<TailFit> sublinear = record.tail(TailFit.Kind.SUBLINEAR);
        if (linear.isEmpty() || sublinear.isEmpty()) {
            return "Not observed: a tail rate, since the last phase has too few decreasing steps.";
        }
        double better = Math.max(linear.get().determination(), sublinear.get().determination());
        String fits = say("R-linear with ratio %.4g (R2 %.3f), or sublinear k^-%.3g with KL exponent %.3g (R2 %.3f)",
                linear.get().rate(), linear.get().determination(), sublinear.get().rate(),
                sublinear.get().exponent(), sublinear.get().determination());
        if (better < GOOD_FIT) {
            return "Undecided: neither rate fits the tail well: " + fits + ".";
        }
        boolean isLinear = linear.get().determination() >= sublinear.get().determination();
        return (isLinear ? "Looks R-linear" : "Looks sublinear") + " in the tail: " + fits + ".";
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
