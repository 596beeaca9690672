package org.altmin.core.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.altmin.core.comparison.ComparedRun;
import org.altmin.core.comparison.ComparedSolver;
import org.altmin.core.comparison.ComparisonTable;
import org.altmin.core.run.SavedRun;
import org.altmin.core.run.Scores;

/** The page of a comparison: the curves of all solvers, and the table. */
public final class ComparisonReport {

    private static final String FILE = "report.html";
    private static final String SECONDS = "seconds";
    private static final String ITERATION = "iteration";
    /** Solvers whose runs differ more than this in length are shown over a logarithmic axis. */
    private static final double VERY_DIFFERENT = 20;

    private final ComparisonTable table;
    private final List<Curve> curves = new ArrayList<>();

    private record Curve(String label, SavedRun run) {
    }

    private ComparisonReport(ComparisonTable table) {
        this.table = table;
        for (ComparedSolver row : table.rows()) {
            row.runs().forEach(run -> curves.add(new Curve(row.label(), SavedRun.read(run.folder()))));
        }
    }

    /**
     * Reads the runs and writes {@code report.html} into the comparison's folder, in place of an earlier one.
     *
     * @param command that makes the comparison
     * @return the file
     * @throws org.altmin.linalg.AltminException if a run cannot be read, or the page not written
     */
    public static Path write(Path folder, ComparisonTable table, String command) {
        return Page.write(folder.resolve(FILE), html(table, command));
    }

    /** The page, which loads nothing. */
    public static String html(ComparisonTable table, String command) {
        return new ComparisonReport(table).page(command);
    }

    private String page(String command) {
        Page page = new Page("Solvers on " + table.dataset());
        page.lead(lead());
        page.heading("Table");
        List<String> header = table.header();
        page.table("Solvers on equal terms", header, table.rows().stream().map(table::entries).toList(),
                header.size() - 2);
        table.notes().forEach(note -> page.markup().element("p", note, "class", "muted"));
        page.heading("Curves");
        if (curves.isEmpty()) {
            page.paragraph("No solver ran.");
        } else {
            page.plots("plot", plots());
            page.markup().element("p", "A curve a run; runs of one solver look the same.", "class", "muted");
        }
        page.heading("Commands");
        page.paragraph("The comparison again, into a new folder:");
        page.command(command);
        page.paragraph("Single runs:");
        for (ComparedSolver row : table.rows()) {
            row.runs().forEach(run -> page.command(run.command()));
        }
        page.heading("Runs");
        List<List<String>> rows = new ArrayList<>();
        for (ComparedSolver row : table.rows()) {
            row.runs().forEach(run -> rows.add(entries(row, run)));
        }
        page.table("Every run", List.of("solver", "seed", "test", "train", "best test", "iterations", SECONDS, "ended",
                "certificate", "folder"), rows, 6);
        return page.html();
    }

    private List<String> entries(ComparedSolver row, ComparedRun run) {
        return List.of(row.label(), String.valueOf(run.seed()), Figures.of(run.scores().test()),
                Figures.of(run.scores().train()), Figures.of(run.best()), Figures.count(run.iterations()),
                Figures.of(run.seconds()), run.ended(), run.certificate(), run.folder().toString());
    }

    private String lead() {
        ComparedSolver best = null;
        for (ComparedSolver row : table.rows()) {
            if (!row.refused() && (best == null || isBetter(row, best))) {
                best = row;
            }
        }
        return best == null ? "No solver ran." : "The best test " + measure() + " after the last iteration is "
                + best.label() + "’s, " + Figures.of(best.test().mean())
                + (best.runs().size() > 1 ? " in the mean of " + best.runs().size() + " seeds." : ".");
    }

    private boolean isBetter(ComparedSolver row, ComparedSolver than) {
        double difference = row.test().mean() - than.test().mean();
        return Double.isNaN(than.test().mean()) || (table.kind() == Scores.Kind.ACCURACY ? difference > 0
                : difference < 0);
    }

    private List<LinePlot> plots() {
        List<LinePlot> plots = new ArrayList<>();
        both(plots, "Test " + measure(), yLabel(), table.kind() == Scores.Kind.ERROR,
                run -> run.series(table.kind().testField()));
        both(plots, "Training " + measure(), yLabel(), table.kind() == Scores.Kind.ERROR,
                run -> run.series(table.kind().trainField()));
        if (table.kind() == Scores.Kind.ACCURACY && isSame("loss") && isSame("smoothing")) {
            both(plots, "Training loss", "mean loss of a sample", true, run -> run.series("trainLoss"));
        }
        return plots;
    }

    private boolean isSame(String setting) {
        return curves.stream().map(curve -> curve.run().setting(setting)).distinct().count() == 1;
    }

    private void both(List<LinePlot> plots, String what, String yLabel, boolean logarithmic,
            Function<SavedRun, double[]> y) {
        plots.add(plot(what + " over iterations", ITERATION, ITERATION, yLabel, logarithmic, y));
        plots.add(plot(what + " over seconds of training", SECONDS, "seconds of training", yLabel, logarithmic, y));
    }

    private LinePlot plot(String title, String field, String xLabel, String yLabel, boolean logarithmic,
            Function<SavedRun, double[]> y) {
        List<Series> series = new ArrayList<>();
        double shortest = Double.POSITIVE_INFINITY;
        double longest = 0;
        for (Curve curve : curves) {
            double[] x = curve.run().series(field);
            series.add(new Series(curve.label(), x, y.apply(curve.run())));
            shortest = Math.min(shortest, x[x.length - 1]);
            longest = Math.max(longest, x[x.length - 1]);
        }
        return new LinePlot(title, xLabel, field.equals(ITERATION), longest > VERY_DIFFERENT * shortest, yLabel,
                logarithmic, series);
    }

    private String measure() {
        return table.kind() == Scores.Kind.ACCURACY ? "accuracy" : "error";
    }

    private String yLabel() {
        return table.kind() == Scores.Kind.ACCURACY ? "accuracy (share of samples)" : "mean squared error";
    }
}
