package org.altmin.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.altmin.core.train.Evaluation;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.TrainingListener;
import org.altmin.core.train.TrainingPlan;

/**
 * Shows a run as it goes: on a terminal the current step in place and every few steps a line that stays, elsewhere only
 * those lines.
 */
final class Progress implements TrainingListener {

    private static final int LASTING_LINES = 25;

    private final PrintWriter out;
    private final boolean terminal;
    private final TrainingPlan plan;
    private final String stepName;
    private long lines;
    private boolean headed;
    private boolean unfinished;

    Progress(PrintWriter out, boolean terminal, TrainingPlan plan, String stepName) {
        this.out = out;
        this.terminal = terminal;
        this.plan = plan;
        this.stepName = stepName;
    }

    @Override
    public void stepped(IterationRecord step) {
        if (!headed) {
            boolean accuracy = step.train().isAccuracy() || Double.isNaN(step.train().error());
            out.println(String.format(Locale.ROOT, "%10s %13s %11s %10s %10s %9s %9s", stepName, "objective",
                    "residual", accuracy ? "train acc" : "train err", accuracy ? "test acc" : "test err", "seconds",
                    "left"));
            headed = true;
        }
        long due = Math.max((long) LASTING_LINES * step.iteration() / Math.max(1, plan.iterations()),
                (long) (LASTING_LINES * step.seconds() / plan.seconds()));
        boolean lasting = due > lines || step.iteration() == 1;
        lines = due;
        if (terminal) {
            out.print(Terminal.clearLine());
        }
        if (lasting || terminal) {
            out.print(line(step));
            unfinished = !lasting;
            if (lasting) {
                out.println();
            }
            out.flush();
        }
    }

    /** Ends a line that is still being rewritten. */
    void end() {
        if (unfinished) {
            out.println();
            unfinished = false;
        }
    }

    private String line(IterationRecord step) {
        double left = Math.min((plan.iterations() - step.iteration()) * (step.seconds() / step.iteration()),
                Math.max(0, plan.seconds() - step.seconds()));
        return String.format(Locale.ROOT, "%10d %13.6g %11s %10s %10s %9.2f %9s", step.iteration(),
                step.report().objective(), number(step.report().primalResidual(), "%11.3e"), score(step.train()),
                score(step.test()), step.seconds(), duration(left));
    }

    private static String score(Evaluation evaluation) {
        return evaluation.isAccuracy() ? String.format(Locale.ROOT, "%10.4f", evaluation.accuracy())
                : number(evaluation.error(), "%10.3e");
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + "s" : whole < 3600 ? whole / 60 + "m" + whole % 60 + "s"
                : whole / 3600 + "h" + whole % 3600 / 60 + "m";
    }
}
