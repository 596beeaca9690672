package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.altmin.core.model.ModelFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's table: training on it, evaluating on another, predicting from it. */
class TableTest {

    @TempDir
    private Path folder;

    private String run;

    @BeforeEach
    void trains() throws IOException {
        CommandLineRun trained = CommandLineRun.of("train", "runs=" + folder, "dataset=csv", "backend=cpu", "threads=1",
                "solver=adam", "hidden=8", "iterations=2",
                "file=" + table("train.csv", "a,b,label", "no, never", "yes"));
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        run = trained.lastLine();
    }

    /** Points of the plane, a class for each side of a line. */
    private Path table(String name, String header, String negative, String positive) throws IOException {
        Random random = new Random(1);
        String lines = IntStream.range(0, 60).mapToObj(i -> {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            return a + "," + b + ",\"" + (a > 2 * b ? positive : negative) + "\"";
        }).collect(Collectors.joining("\n", header + "\n", "\n"));
        return Files.writeString(folder.resolve(name), lines);
    }

    private static List<String> predictions(String run, Path table, String... options) {
        CommandLineRun predicted = CommandLineRun.of(Stream.concat(Stream.of("predict", run, table.toString()),
                Stream.of(options)).toArray(String[]::new));
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        return predicted.out().lines().map(line -> line.replaceFirst("^[^,]*:", ":")).toList();
    }

    @Test
    void theModelKnowsItsColumns() {
        assertThat(ModelFiles.read(Path.of(run)).features()).containsExactly("a", "b");
    }

    @Test
    void predictsFromTheTrainingTableItselfAndInAnyOrderOfColumns() throws IOException {
        Path ordered = Files.writeString(folder.resolve("ordered.csv"), "a,b\n1,-0.5\n-1,0.25\n");
        Path swapped = Files.writeString(folder.resolve("swapped.csv"), "label,b,a\n?,-0.5,1\n?,0.25,-1\n");
        assertThat(predictions(run, swapped)).isEqualTo(predictions(run, ordered)).hasSize(3);
        assertThat(predictions(run, folder.resolve("train.csv"))).hasSize(61);
    }

    @Test
    void predictsFromTablesWithOtherSeparators() throws IOException {
        Path commas = Files.writeString(folder.resolve("commas.csv"), "a,b\n1,-0.5\n-1,0.25\n");
        Path tabs = Files.writeString(folder.resolve("tabs.csv"), "b\ta\n-0.5\t1\n0.25\t-1\n");
        assertThat(predictions(run, tabs, "--separator", "tab")).isEqualTo(predictions(run, commas)).hasSize(3);

        CommandLineRun refused = CommandLineRun.of("predict", run, tabs.toString());
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("no column 'a'", "check --separator");

        refused = CommandLineRun.of("predict", run, tabs.toString(), "--separator", "blank");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("separator", "'blank'");
    }

    @Test
    void aClassWithACommaIsQuoted() {
        assertThat(predictions(run, folder.resolve("train.csv"))).anyMatch(line -> line.contains(",\"no, never\","));
    }

    @Test
    void otherClassesOrColumnsAreNotEvaluated() throws IOException {
        Path classes = table("classes.csv", "a,b,label", "maybe", "yes");
        CommandLineRun refused = CommandLineRun.of("evaluate", run, "file=" + classes);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("the classes no, never, yes", "maybe, yes");

        Path columns = table("columns.csv", "b,a,label", "no, never", "yes");
        refused = CommandLineRun.of("evaluate", run, "file=" + columns);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("columns a, b", "has b, a");

        Path same = table("same.csv", "a,b,label", "no, never", "yes");
        assertThat(CommandLineRun.of("evaluate", run, "file=" + same).exitCode()).isZero();
    }

    @Test
    void aFolderInPlaceOfTheTable() {
        CommandLineRun refused = CommandLineRun.of("train", "runs=" + folder, "dataset=csv", "file=" + folder);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("is a folder").doesNotContain("Exception");
    }
}
