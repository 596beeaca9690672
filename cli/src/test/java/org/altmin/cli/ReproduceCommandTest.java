package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command reproduce as a user meets it. */
class ReproduceCommandTest {

    @TempDir
    private Path folder;

    @Test
    void listsTheTablesWithSourceTimeAndData() {
        CommandLineRun run = CommandLineRun.of("reproduce");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("dladmm-seconds-by-neurons", "KDD 2019), table 2", "results", "quick: ",
                "needs data-dir with MNIST", "needs no files");
    }

    @Test
    void runsATableAndPrintsItsFolderLast() throws IOException {
        CommandLineRun run = CommandLineRun.of("reproduce", "sigmoid-square", "only=admm", "hidden=5", "train=30",
                "iterations=2", "backend=cpu", "threads=1", "runs=" + folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path result = Path.of(run.lastLine());
        assertThat(result).hasFileName("reproduce-sigmoid-square-001");
        assertThat(result.resolve("results.md")).isNotEmptyFile();
        assertThat(run.out()).contains("[1/1] admm, 2 trials", "2.53e-9 (1.18e-9)", "altmin train dataset=square");
        String written = Files.readString(result.resolve("results.md"));
        CommandLineRun resumed = CommandLineRun.of("reproduce", "sigmoid-square", "resume=" + result);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).doesNotContain("[1/1]").contains("2.53e-9");
        assertThat(result.resolve("results.md")).content().isEqualTo(written).contains("JDK ");
    }

    @Test
    void dataThatTheUserMustPlaceAreAskedForInOneSentence() {
        CommandLineRun run = CommandLineRun.of("reproduce", "earthquake", "runs=" + folder.resolve("runs"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip().lines()).hasSize(1);
        assertThat(run.err()).contains("earthquake", "data-dir=FOLDER");
        assertThat(Files.exists(folder.resolve("runs"))).isFalse();
    }

    @Test
    void anUnknownTableListsThose() {
        CommandLineRun run = CommandLineRun.of("reproduce", "table-1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'table-1'", "ptb-ecg", "results");
        assertThat(CommandLineRun.of("reproduce", "sigmoid-squar").err()).contains("(did you mean 'sigmoid-square'?)");
        assertThat(CommandLineRun.of("reproduce", "sigmoid-square", "only=adm").err())
                .contains("'adm' (did you mean 'admm'?) for only=");
        assertThat(CommandLineRun.of("reproduce", "sigmoid-square", "sze=full").err())
                .contains("'sze' (did you mean 'size'?);");
        CommandLineRun misspelt = CommandLineRun.of("reproduce", "sigmoid-square", "iteratons=3");
        assertThat(misspelt.exitCode()).isEqualTo(2);
        assertThat(misspelt.err()).contains("'iteratons' (did you mean 'iterations'?); ", "'altmin list solvers'");
        assertThat(CommandLineRun.of("reproduce", "sigmoid-square", "resme=x").err())
                .contains("(did you mean 'resume'?)");
    }
}
