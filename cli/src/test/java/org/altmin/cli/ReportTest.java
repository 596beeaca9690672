package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run, for runs of all kinds. */
class ReportTest {

    private static final List<String> SMALL = List.of("train=120", "test=40", "hidden=12,9", "backend=cpu",
            "threads=1");

    @TempDir
    private Path folder;

    private Path train(String... settings) {
        List<String> usual = new ArrayList<>(SMALL);
        usual.add("runs=" + folder.resolve("runs"));
        return Path.of(CommandLineRun.train(usual, settings).lastLine());
    }

    private static String page(Path run) throws IOException {
        String page = Files.readString(run.resolve("report.html"));
        assertLoadsNothing(page);
        return page;
    }

    private static void assertLoadsNothing(String page) {
        assertThat(page).startsWith("<!DOCTYPE html>").contains("<html lang=\"en\">", "prefers-color-scheme: dark",
                "@media print", "default-src &#39;none&#39;");
        assertThat(page).doesNotContainPattern("(?i)<(script|link|img|iframe|object|embed|base)\\b")
                .doesNotContainPattern("(?i)\\b(src|href|xlink:href|action)\\s*=").doesNotContain("@import", "url(");
    }

    private static int count(String page, String part) {
        Matcher matcher = Pattern.compile(Pattern.quote(part)).matcher(page);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    @Test
    void trainingLeavesAPageWithCurvesAndAllThatMadeIt() throws IOException {
        Path run = train("solver=dladmm", "iterations=4", "updates=exact");
        String page = page(run);
        assertThat(page).contains("Objective over iterations", "Objective over seconds of training",
                "Residuals over iterations", "Accuracy over iterations", "penalty", "seconds of training",
                "Observed over 4 iterations", "solver.rho", System.getProperty("java.version"),
                "altmin evaluate " + run,
                "altmin train solver=dladmm dataset=glyphs iterations=4 hidden=12,9 backend=cpu threads=1");
        assertThat(count(page, "role=\"img\"")).isEqualTo(6);
        assertThat(count(page, "<desc ")).isEqualTo(6);
    }

    @Test
    void reportWritesItAnewAndSaysWhere() throws IOException {
        Path run = train("iterations=2");
        String before = page(run);
        Files.delete(run.resolve("report.html"));
        CommandLineRun report = CommandLineRun.of("report", run.toString());
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(report.lastLine()).isEqualTo(run.resolve("report.html").toString());
        assertThat(page(run)).isEqualTo(before);
    }

    @Test
    void realValuesOneIterationAndSettingsThatLookLikeMarkup() throws IOException {
        CommandLineRun trained = CommandLineRun.of("train", "runs=" + folder.resolve("a<b>&'c"), "dataset=square",
                "solver=adam", "train=50", "test=20", "hidden=5", "iterations=1", "threads=1");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        String page = page(Path.of(trained.lastLine()));
        assertThat(page).contains("Error over iterations", "mean squared error", "a&lt;b&gt;&amp;&#39;c", "<circle")
                .doesNotContain("a<b>", "Accuracy over");
    }

    @Test
    void aRunThatDiverged() throws IOException {
        Path run = train("solver=sgd", "rate=1e30", "iterations=5");
        assertThat(page(run)).contains("the objective is not a finite number");
    }

    @Test
    void aKilledRunAndDamagedFiles() throws IOException {
        Path run = train("iterations=3");
        Path metrics = run.resolve("metrics.jsonl");
        List<String> lines = Files.readAllLines(metrics);
        Files.writeString(metrics, lines.get(0) + "\n{\"iteration\n" + lines.get(1) + "\nnull\n"
                + lines.get(2).substring(0, 20));
        Files.delete(run.resolve("summary.json"));
        Files.delete(run.resolve("certificate.txt"));
        Files.writeString(run.resolve("env.json"), "{");
        assertThat(CommandLineRun.of("report", run.toString()).exitCode()).isZero();
        assertThat(page(run)).contains("metrics.jsonl is damaged: 3 of its 5 lines, the first of them line 2",
                "did not end by itself", "env.json", "Accuracy over iterations", "There is no certificate");
        Files.writeString(metrics, "");
        assertThat(CommandLineRun.of("report", run.toString()).exitCode()).isZero();
        assertThat(page(run)).contains("No iteration was recorded.");
        Files.delete(metrics);
        assertThat(CommandLineRun.of("report", run.toString()).exitCode()).isZero();
    }

    @Test
    void comparisonsHaveAPageToo() throws IOException {
        CommandLineRun run = CommandLineRun.of("compare", "runs=" + folder, "solvers=adam,sgd,sigmoid-admm", "trials=2",
                "train=120", "test=40", "hidden=9", "iterations=3", "threads=1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path result = Path.of(run.lastLine());
        String page = page(result);
        assertThat(page).contains("Test accuracy over iterations", "Test accuracy over seconds of training", "±",
                "did not run", "altmin compare solvers=adam,sgd,sigmoid-admm trials=2", "altmin train solver=sgd");
        assertThat(count(page, "class=\"curve s1\" d=\"M0 4H28\"")).isEqualTo(6);
        page(result.resolve("adam-002"));
    }

    @Test
    void lossesOfSmoothedTargetsAreNotShownBesideOthers() throws IOException {
        String[] command = {"compare", "runs=" + folder, "solvers=adam,sgd", "train=120", "test=40", "hidden=9",
            "iterations=2", "threads=1", "sgd.smoothing=0.1"};
        assertThat(page(Path.of(CommandLineRun.of(command).lastLine()))).contains("Training accuracy over")
                .doesNotContain("Training loss over");
        command[8] = "sgd.smoothing=0";
        assertThat(page(Path.of(CommandLineRun.of(command).lastLine()))).contains("Training loss over");
    }

    @Test
    void whatIsNoRunIsRefusedInOneSentence() throws IOException {
        assertRefused(CommandLineRun.of("report", folder.resolve("none").toString()), "There is no folder");
        assertRefused(CommandLineRun.of("report", folder.toString()), "is not the folder of a run");
        Files.writeString(folder.resolve("config.json"), "{\"solver\":");
        assertRefused(CommandLineRun.of("report", folder.toString()), "config.json", "damaged");
    }

    @Test
    void anUnwritableFolder() throws IOException {
        Path run = train("iterations=1");
        Files.delete(run.resolve("report.html"));
        Files.createDirectories(run.resolve("report.html/in-the-way"));
        assertRefused(CommandLineRun.of("report", run.toString()), "report.html", "cannot be written");
        assertThat(run.resolve("report.html/in-the-way")).isDirectory();
    }

    @Test
    void aRunThatIsRefusedLeavesNoFolder() {
        assertRefused(CommandLineRun.of("train", "runs=" + folder.resolve("runs"), "solver=sigmoid-admm",
                "activation=relu", "train=50", "test=20", "hidden=5"), "twice differentiable");
        assertThat(folder.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void otherDataAreNotResumed() throws IOException {
        Path csv = Files.writeString(folder.resolve("data.csv"),
                "x,y,label\n1,2,a\n3,1,b\n5,6,a\n7,8,b\n2,2,a\n1,1,b\n");
        String[] settings = {"train", "runs=" + folder.resolve("runs"), "dataset=csv", "file=" + csv, "hidden=4",
            "iterations=3", "checkpoint-every=1", "threads=1"};
        String run = CommandLineRun.of(settings).lastLine();
        assertThat(CommandLineRun.of("resume", run, "iterations=4").exitCode()).isZero();
        Files.writeString(csv, Files.readString(csv).replace("5,6,a", "5,7,a").replace("3,1,b", "3,2,b")
                .replace("1,2,a", "1,3,a").replace("7,8,b", "7,9,b"));
        assertRefused(CommandLineRun.of("resume", run, "iterations=6"), "is of another run", "checksum of the data");
        assertRefused(CommandLineRun.of("resume", run, "iterations=6", "dataset=glyphs"), "file");
    }

    private static void assertRefused(CommandLineRun run, String... parts) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip().lines().toList()).as(run.err()).hasSize(1);
        assertThat(run.err()).startsWith("altmin: ").doesNotContain("Exception").contains(parts);
    }
}
