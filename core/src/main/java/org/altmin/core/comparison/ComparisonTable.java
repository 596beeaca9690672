package org.altmin.core.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.altmin.core.experiment.MarkdownTable;
import org.altmin.core.experiment.Spread;
import org.altmin.core.internal.Plural;
import org.altmin.core.run.Scores;

/**
 * What solvers came to on one task, a row each.
 *
 * @param dataset its name
 * @param kind of the scores
 * @param remarks what is to be known when reading it, a sentence each
 */
public record ComparisonTable(String dataset, Scores.Kind kind, List<ComparedSolver> rows, List<String> remarks) {

    private static final String NONE = "–";

    public ComparisonTable {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    /** The names of the columns. */
    public List<String> header() {
        String score = kind == Scores.Kind.ACCURACY ? "accuracy" : "error";
        return List.of("solver", "test " + score, "train " + score, "best test", "iterations", "s/iteration",
                "seconds", "peak MiB", "certificate");
    }

    /** A row's entries under the {@link #header}. */
    public List<String> entries(ComparedSolver row) {
        if (row.refused()) {
            return List.of(row.label(), NONE, NONE, NONE, NONE, NONE, NONE, NONE, "did not run");
        }
        return List.of(row.label(), score(row.test()), score(row.train()), score(row.best()),
                count(row.iterations()), figure(row.secondsPerIteration()), figure(row.seconds().mean()),
                number("%.0f", row.peakMemoryBytes() / (1 << 20)), row.certificate());
    }

    /** For a terminal: without the commands, and with the reasons of refusals in the {@link #notes}. */
    public String text() {
        MarkdownTable table = new MarkdownTable(header());
        rows.forEach(row -> table.row(entries(row)));
        return table.toString();
    }

    /** With the command that makes each solver's first run again. */
    public String markdown() {
        List<String> columns = new ArrayList<>(header());
        columns.add("command");
        MarkdownTable table = new MarkdownTable(columns);
        for (ComparedSolver row : rows) {
            List<String> entries = new ArrayList<>(entries(row));
            if (row.refused()) {
                entries.set(entries.size() - 1, "did not run: " + row.reason());
            }
            entries.add(row.refused() ? NONE : "`" + row.command() + "`");
            table.row(entries);
        }
        return table.toString();
    }

    /** What the columns mean, the remarks, and the seeds that were refused, a sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add((kind == Scores.Kind.ACCURACY ? "Accuracy is the share of samples whose class is right"
                : "The error is the mean over samples of the squared error") + ", of the network after the last "
                + "iteration; several seeds give mean ± standard deviation. Best test is of any iteration of any seed, "
                + "and so chosen on the test samples.");
        notes.add("Seconds are of training, evaluation excluded; s/iteration is the median. Peak memory is of the "
                + "process while the run took place, the largest over the seeds.");
        heldOut().ifPresent(samples -> notes.add("Test figures are of " + samples + " samples held out from training, "
                + "not of the test part."));
        notes.addAll(remarks);
        for (ComparedSolver row : rows) {
            if (!row.refusals().isEmpty()) {
                notes.add(row.label() + (row.refused() ? " did not run: " : " did not run with "
                        + row.refusals().size() + " of " + (row.runs().size() + row.refusals().size()) + " seeds: ")
                        + row.reason());
            }
            row.runs().stream().filter(ComparedRun::endedEarly).forEach(run -> notes.add(row.label() + " with seed "
                    + run.seed() + " ended early, after " + run.iterations() + " "
                    + Plural.of("iteration", run.iterations()) + ": " + run.ended() + "."));
        }
        return notes;
    }

    /** Everything, for JSON. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataset", dataset);
        json.put("metric", kind == Scores.Kind.ACCURACY ? "accuracy" : "error");
        json.put("remarks", remarks);
        json.put("solvers", rows.stream().map(this::json).toList());
        return json;
    }

    /** How many samples were held out to be reported in place of the test part, if any were. */
    private Optional<String> heldOut() {
        return rows.stream().flatMap(row -> row.runs().stream())
                .map(run -> run.config().getOrDefault("validation", "0")).filter(samples -> !samples.equals("0"))
                .findFirst();
    }

    private Map<String, Object> json(ComparedSolver row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("label", row.label());
        if (!row.refusals().isEmpty()) {
            json.put("refused", row.refusals().stream()
                    .map(refusal -> Map.of("seed", refusal.seed(), "reason", refusal.reason())).toList());
        }
        if (!row.refused()) {
            json.put("command", row.command());
            json.put(kind.trainField(), json(row.train()));
            json.put(kind.testField(), json(row.test()));
            json.put("best", row.best());
            json.put("iterations", json(row.iterations()));
            json.put("secondsPerIteration", row.secondsPerIteration());
            json.put("seconds", json(row.seconds()));
            json.put("peakMemoryBytes", row.peakMemoryBytes());
            json.put("certificate", row.certificate());
        }
        json.put("runs", row.runs().stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(ComparedRun run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("folder", run.folder().toString());
        json.put("seed", run.seed());
        json.put(kind.trainField(), run.scores().train());
        json.put(kind.testField(), run.scores().test());
        json.put("best", run.best());
        json.put("iterations", run.iterations());
        json.put("seconds", run.seconds());
        json.put("ended", run.ended());
        json.put("certificate", run.certificate());
        json.put("command", run.command());
        return json;
    }

    private static Map<String, Object> json(Spread spread) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mean", spread.mean());
        json.put("deviation", spread.deviation());
        json.put("lowest", spread.lowest());
        json.put("highest", spread.highest());
        return json;
    }

    private String score(Spread spread) {
        return score(spread.mean()) + (spread.count() < 2 || Double.isNaN(spread.mean()) ? ""
                : " ± " + number(kind == Scores.Kind.ACCURACY ? "%.4f" : "%.1e", spread.deviation()));
    }

    private String score(double value) {
        return number(kind == Scores.Kind.ACCURACY ? "%.4f" : "%.3e", value);
    }

    private static String count(Spread spread) {
        return spread.lowest() == spread.highest() ? number("%.0f", spread.mean())
                : number("%.0f", spread.lowest()) + "–" + number("%.0f", spread.highest());
    }

    private static String figure(double value) {
        return number(value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3g", value);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, format, value);
    }
}
