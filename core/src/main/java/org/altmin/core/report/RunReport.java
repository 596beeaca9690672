package org.altmin.core.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.altmin.core.experiment.TrainCommandLine;
import org.altmin.core.internal.Plural;
import org.altmin.core.run.SavedRun;
import org.altmin.core.run.Scores;
import org.altmin.linalg.AltminException;

/** The page of one run: its curves, what it came to, how it was made and what to do next. */
public final class RunReport {

    private static final String FILE = "report.html";
    private static final String SECONDS = "seconds";
    private static final String ITERATION = "iteration";
    private static final int LISTED_ITERATIONS = 12;

    private final SavedRun run;
    private final Scores.Kind kind;

    private RunReport(SavedRun run) {
        this.run = run;
        kind = run.kind();
    }

    /**
     * Reads a run's folder and writes {@code report.html} into it, in place of an earlier one.
     *
     * @return the file
     * @throws AltminException if it is not the folder of a run, or cannot be read or written
     */
    public static Path write(Path folder) {
        return Page.write(folder.resolve(FILE), html(SavedRun.read(folder)));
    }

    /** The page, which loads nothing. */
    public static String html(SavedRun run) {
        return new RunReport(run).page();
    }

    private String page() {
        Page page = new Page(run.setting("solver") + " on " + run.setting("dataset"));
        page.lead(lead());
        if (!run.setting("validation").isEmpty() && !run.setting("validation").equals("0")) {
            page.paragraph("Test figures are of " + run.setting("validation") + " samples held out from training, not "
                    + "of the test part.");
        }
        page.notices(run.notices());
        page.heading("Curves");
        if (run.metrics().isEmpty()) {
            page.paragraph("There is no iteration to draw.");
        } else {
            page.plots("plot", plots());
            List<String> header = new ArrayList<>(List.of(ITERATION, SECONDS, "objective", "primal residual"));
            header.addAll(List.of("train " + measure(), "test " + measure()));
            page.table("Some iterations", header, iterations(), header.size() - 1);
        }
        page.heading("Result");
        page.markup().open("div", "class", "columns").open("div");
        page.facts("Summary", summary());
        page.markup().close().open("div");
        if (!phases().isEmpty()) {
            page.table("Where the time went", List.of("part of the step", SECONDS, "share"), phases(), 2);
        }
        page.markup().close().closeLine();
        page.heading("Convergence");
        if (run.certificate().isEmpty()) {
            page.paragraph("There is no certificate: the run has not ended by itself.");
        } else {
            page.markup().open("ul");
            run.certificate().forEach(line -> page.markup().element("li", line));
            page.markup().closeLine();
        }
        page.heading("Commands");
        commands(page);
        page.heading("How it was made");
        run.resumptions().forEach(resumption -> page.paragraph(resumed(resumption)));
        page.markup().open("div", "class", "columns").open("div");
        page.facts("Settings", run.config());
        page.markup().close().open("div");
        page.facts("Environment", texts(run.environment()));
        page.markup().close().closeLine();
        return page.html();
    }

    private static String resumed(Map<String, Object> resumption) {
        List<String> changed = new ArrayList<>();
        if (resumption.get("settings") instanceof Map<?, ?> settings) {
            settings.forEach((key, change) -> {
                if (change instanceof Map<?, ?> values) {
                    Object before = values.get("before");
                    changed.add(key + "=" + values.get("now") + (before == null ? "" : " in place of " + before));
                }
            });
        }
        return "Resumed after iteration " + resumption.get("iteration")
                + (changed.isEmpty() ? "." : " with " + String.join(", ", changed) + ".");
    }

    private String lead() {
        if (run.metrics().isEmpty()) {
            return "No iteration was recorded.";
        }
        double[] train = run.series(kind.trainField());
        double[] test = run.series(kind.testField());
        int last = train.length - 1;
        Object ended = run.summary().get("ended");
        double iterations = run.series(ITERATION)[last];
        return "Test " + measure() + " " + Figures.of(test[last]) + ", training " + measure() + " "
                + Figures.of(train[last]) + " after " + Figures.count(iterations) + " "
                + Plural.of(ITERATION, Math.round(iterations)) + " and "
                + Figures.of(run.series(SECONDS)[last]) + " s of training"
                + (ended == null ? "." : "; " + ended + ".");
    }

    private List<LinePlot> plots() {
        List<LinePlot> plots = new ArrayList<>();
        for (boolean overSeconds : new boolean[] {false, true}) {
            String xLabel = overSeconds ? "seconds of training" : ITERATION;
            double[] x = run.series(overSeconds ? SECONDS : ITERATION);
            plots.add(plot("Objective", "objective", true, xLabel, objective(x)));
            if (hasResiduals()) {
                plots.add(plot("Residuals", "norm of the residual", true, xLabel, residuals(x)));
            }
            boolean accuracy = kind == Scores.Kind.ACCURACY;
            plots.add(plot(accuracy ? "Accuracy" : "Error", accuracy ? "accuracy (share of samples)"
                    : "mean squared error", !accuracy, xLabel, scores(x)));
        }
        // In pairs: the same quantity over iterations and over seconds.
        List<LinePlot> paired = new ArrayList<>();
        for (int i = 0; i < plots.size() / 2; i++) {
            paired.add(plots.get(i));
            paired.add(plots.get(i + plots.size() / 2));
        }
        return paired;
    }

    private static LinePlot plot(String what, String yLabel, boolean logarithmic, String xLabel, List<Series> curves) {
        return new LinePlot(what + " over " + (xLabel.equals(ITERATION) ? "iterations" : xLabel), xLabel,
                xLabel.equals(ITERATION), false, yLabel, logarithmic, curves);
    }

    private List<Series> objective(double[] x) {
        List<Series> curves = new ArrayList<>();
        curves.add(new Series("objective", x, run.series("objective")));
        members("terms").forEach(term -> curves.add(new Series(term, x, run.series("terms", term))));
        return curves;
    }

    /** Whether the solver has any; many have none. */
    private boolean hasResiduals() {
        return DoubleStream.concat(Arrays.stream(run.series("primalResidual")),
                Arrays.stream(run.series("dualResidual"))).anyMatch(Double::isFinite);
    }

    private List<Series> residuals(double[] x) {
        return List.of(new Series("primal residual", x, run.series("primalResidual")),
                new Series("dual residual", x, run.series("dualResidual")));
    }

    private List<Series> scores(double[] x) {
        return List.of(new Series("training", x, run.series(kind.trainField())),
                new Series("test", x, run.series(kind.testField())));
    }

    private List<List<String>> iterations() {
        double[] iteration = run.series(ITERATION);
        double[][] columns = {run.series(SECONDS), run.series("objective"), run.series("primalResidual"),
            run.series(kind.trainField()), run.series(kind.testField())};
        List<List<String>> rows = new ArrayList<>();
        int count = iteration.length;
        int rowsWanted = Math.min(count, LISTED_ITERATIONS);
        for (int row = 0; row < rowsWanted; row++) {
            int i = rowsWanted == 1 ? 0 : (int) ((long) row * (count - 1) / (rowsWanted - 1));
            List<String> entries = new ArrayList<>(List.of(Figures.count(iteration[i])));
            for (double[] column : columns) {
                entries.add(Figures.of(column[i]));
            }
            rows.add(entries);
        }
        return rows;
    }

    private Map<String, String> summary() {
        Map<String, String> facts = new LinkedHashMap<>();
        run.summary().forEach((field, value) -> {
            if (field.endsWith("Bytes") && value instanceof Number bytes) {
                facts.put(words(field.substring(0, field.length() - "Bytes".length())),
                        Figures.mebibytes(bytes.doubleValue()));
            } else {
                facts.put(words(field), text(value));
            }
        });
        if (facts.isEmpty()) {
            facts.put("iterations", Figures.count(run.metrics().size()));
        }
        return facts;
    }

    /** Seconds by part of the step, the longest first. */
    private List<List<String>> phases() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (String phase : members("phaseSeconds")) {
            double sum = 0;
            for (double value : run.series("phaseSeconds", phase)) {
                sum += Double.isNaN(value) ? 0 : value;
            }
            seconds.put(phase, sum);
        }
        double total = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        return seconds.entrySet().stream().sorted((one, two) -> Double.compare(two.getValue(), one.getValue()))
                .map(entry -> List.of(entry.getKey(), Figures.of(entry.getValue()),
                        total > 0 ? Figures.fixed(100 * entry.getValue() / total, 1) + " %" : Figures.of(Double.NaN)))
                .toList();
    }

    private void commands(Page page) {
        String folder = TrainCommandLine.quote(run.folder().toString());
        page.paragraph(run.resumptions().isEmpty() ? "The same run again, into a new folder:"
                : "A run with the settings it ended with from the beginning, into a new folder:");
        try {
            page.command(TrainCommandLine.of(run.config()));
        } catch (AltminException e) {
            page.command("altmin train --config " + TrainCommandLine.quote(run.folder().resolve("config.json")
                    .toString()));
        }
        page.paragraph("What to do next:");
        List<String> next = new ArrayList<>();
        if (Files.isDirectory(run.folder().resolve("model"))) {
            next.addAll(List.of("altmin evaluate " + folder, "altmin export " + folder + " model.onnx"));
        }
        if (Files.exists(run.folder().resolve("checkpoints").resolve("last"))) {
            next.add("altmin resume " + folder);
        }
        next.addAll(List.of("altmin compare " + folder + " OTHER-RUN", "altmin report " + folder));
        page.command(String.join("\n", next));
    }

    private Set<String> members(String field) {
        Set<String> names = new LinkedHashSet<>();
        for (Map<String, Object> line : run.metrics()) {
            if (line.get(field) instanceof Map<?, ?> map) {
                map.keySet().forEach(name -> names.add(String.valueOf(name)));
            }
        }
        return names;
    }

    private String measure() {
        return kind == Scores.Kind.ACCURACY ? "accuracy" : "error";
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(words(name), text(value)));
        return texts;
    }

    private static String text(Object value) {
        if (value == null) {
            return Figures.of(Double.NaN);
        }
        return value instanceof Double number ? Figures.of(number) : value.toString();
    }

    /** "peakMemory" as "peak memory". */
    private static String words(String field) {
        StringBuilder words = new StringBuilder();
        field.chars().forEach(letter -> {
            if (Character.isUpperCase(letter)) {
                words.append(' ');
            }
            words.appendCodePoint(Character.toLowerCase(letter));
        });
        return words.toString();
    }
}
