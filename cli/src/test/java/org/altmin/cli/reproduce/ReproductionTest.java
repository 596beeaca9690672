package org.altmin.cli.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a table of five runs, one of which the solver refuses. */
class ReproductionTest {

    private static final String LIST = """
            name: tiny
            title: A tiny table
            source: nobody, table 0
            corner: solver
            figures: [best-train, test, test@2, seconds, iterations, network, certificate]
            settings: {dataset: square, train: 40, test: 20, hidden: 6, backend: cpu, threads: 1}
            rows:
              - {name: adam, settings: {solver: adam}, paper: ["1e-1", "", "2e-1"], note: quick}
              - {name: admm, title: sigmoid ADMM, settings: {solver: sigmoid-admm}}
              - {name: refused, settings: {solver: sigmoid-admm, activation: relu}}
            quick:
              time: a moment
              trials: 2
              settings: {iterations: 3}
            full: {time: long, settings: {iterations: 4}, in: {adam: {iterations: 5}}}
            """;

    private static final String GRID = """
            name: grid
            title: A grid
            source: nobody
            corner: width
            figures: [iterations]
            settings: {dataset: square, train: 40, test: 20, backend: cpu, threads: 1, iterations: 2}
            columns:
              - {name: a, settings: {solver: adam}}
              - {name: b, settings: {solver: sgd}}
            rows:
              - {name: "4", settings: {hidden: 4}, paper: [7, 8], in: {b: {settings: {iterations: 1}}}}
              - {name: "5", settings: {hidden: 5}, paper: [9, 10]}
            quick: {time: a moment, columns: [a]}
            full: {time: a moment}
            """;

    @TempDir
    private Path runs;

    private final List<String> begun = new ArrayList<>();
    private Map<String, String> arguments;

    @BeforeEach
    void noArguments() {
        arguments = new HashMap<>();
    }

    private static PaperTable table(String yaml) {
        try {
            return PaperTables.parse(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Reproduction reproduction(String yaml, ResultFolder folder) {
        return new Reproduction(Plan.of(table(yaml), arguments), folder, new Reproduction.Progress() {
            @Override
            public void begun(Cell cell, int position, int count) {
                begun.add(cell.name());
            }

            @Override
            public void ended(Cell cell, String line) {
                assertThat(line).isNotBlank();
            }
        });
    }

    @Test
    void writesThePapersValuesBesideOurs() throws IOException {
        ResultFolder folder = ResultFolder.create(runs, "tiny");
        Reproduction reproduction = reproduction(LIST, folder);
        assertThat(reproduction.run()).isTrue();
        String markdown = Files.readString(folder.path().resolve("results.md"));
        assertThat(markdown).isEqualTo(reproduction.markdown()).startsWith("# A tiny table").contains("1e-1", "2e-1",
                "sigmoid ADMM", "1-6-1 sigmoid", "| quick", "./altmin train dataset=square train=40");
        List<Outcome> outcomes = folder.outcomes();
        assertThat(outcomes).extracting(Outcome::cell).containsExactly("adam", "admm", "refused");
        Value error = outcomes.get(1).figures().get("best-train");
        assertThat(error.mean()).isPositive();
        assertThat(error.deviation()).isPositive();
        assertThat(outcomes.get(1).figures().get("iterations").text()).isEqualTo("3");
        assertThat(Files.readAllLines(folder.path().resolve("curves/admm.csv"))).hasSize(1 + 2 * 3)
                .element(6).asString().startsWith("2,3,");
    }

    @Test
    void aRunThatFailsIsARowWithItsReason() {
        ResultFolder folder = ResultFolder.create(runs, "tiny");
        Reproduction reproduction = reproduction(LIST, folder);
        reproduction.run();
        assertThat(reproduction.failures()).isEqualTo(1);
        assertThat(reproduction.markdown()).contains("refused").contains("relu");
    }

    @Test
    void goesOnWhereItWasLeftAndNeverInAnothersFolder() {
        arguments.put("only", "admm");
        ResultFolder folder = ResultFolder.create(runs, "tiny");
        reproduction(LIST, folder).run();
        double before = folder.outcomes().get(0).figures().get("best-train").mean();
        arguments.remove("only");
        begun.clear();
        Reproduction resumed = reproduction(LIST, ResultFolder.resume(folder.path(), "tiny"));
        resumed.resume();
        resumed.run();
        assertThat(begun).containsExactly("adam", "refused");
        assertThat(folder.outcomes()).extracting(Outcome::cell).contains("adam", "admm", "refused");
        assertThat(folder.outcomes().get(0).figures().get("best-train").mean()).isEqualTo(before);
        assertThat(ResultFolder.create(runs, "tiny").path()).isNotEqualTo(folder.path());
        assertThatThrownBy(() -> ResultFolder.resume(folder.path(), "grid")).isInstanceOf(AltminException.class)
                .hasMessageContaining("tiny");
        assertThatThrownBy(() -> ResultFolder.resume(runs, "tiny")).isInstanceOf(AltminException.class)
                .hasMessageContaining("results.json");
    }

    @Test
    void tellsOnceWhereItsCellsRan() throws IOException {
        arguments.put("only", "admm");
        ResultFolder folder = ResultFolder.create(runs, "tiny");
        reproduction(LIST, folder).run();
        String here = folder.places().lines().get(0);
        assertThat(Files.readString(folder.path().resolve("results.md"))).containsOnlyOnce(here);
        Path results = folder.path().resolve("results.json");
        Files.writeString(results, Files.readString(results).replace("JDK", "elsewhere"));
        String elsewhere = here.replace("JDK", "elsewhere");
        arguments.remove("only");
        resume(folder);
        // Adam computes in float32, the other in float64.
        String both = here.replace("float64 by", "float32 and float64 by");
        assertThat(folder.places().lines()).containsExactly(elsewhere, both);
        // The one that is refused runs again.
        resume(folder);
        assertThat(folder.places().lines()).containsExactly(elsewhere, both);
        arguments.put("iterations", "2");
        resume(folder);
        assertThat(folder.places().lines()).containsExactly(both);
    }

    private void resume(ResultFolder folder) {
        Reproduction reproduction = reproduction(LIST, folder);
        reproduction.resume();
        reproduction.run();
    }

    @Test
    void otherSettingsAreOtherRuns() {
        arguments.put("only", "admm");
        ResultFolder folder = ResultFolder.create(runs, "tiny");
        reproduction(LIST, folder).run();
        arguments.put("iterations", "2");
        begun.clear();
        Reproduction resumed = reproduction(LIST, folder);
        resumed.resume();
        resumed.run();
        assertThat(begun).containsExactly("admm");
        assertThat(folder.outcomes().get(0).figures().get("iterations").text()).isEqualTo("2");
    }

    @Test
    void aStoppedReproductionKeepsWhatItHas() {
        ResultFolder folder = ResultFolder.create(runs, "tiny");
        Reproduction reproduction = reproduction(LIST, folder);
        reproduction.requestStop();
        assertThat(reproduction.run()).isFalse();
        assertThat(folder.outcomes()).isEmpty();
    }

    @Test
    void aGridHasTheColumnsAcross() {
        arguments.put("size", "full");
        Reproduction reproduction = reproduction(GRID, ResultFolder.create(runs, "grid"));
        reproduction.run();
        assertThat(reproduction.markdown()).contains("2 / 7", "1 / 8", "2 / 9", "2 / 10");
        assertThat(begun).containsExactly("4/a", "5/a", "4/b", "5/b");
    }

    @Test
    void sizeAndArgumentsChooseCellsAndSettings() {
        assertThat(Plan.of(table(GRID), arguments).cells()).extracting(Cell::name).containsExactly("4/a", "5/a");
        arguments.putAll(Map.of("columns", "b", "only", "5", "rate", "0.5"));
        List<Cell> cells = Plan.of(table(GRID), arguments).cells();
        assertThat(cells).extracting(Cell::name).containsExactly("5/b");
        assertThat(cells.get(0).command()).isEqualTo("altmin train dataset=square train=40 test=20 backend=cpu "
                + "threads=1 iterations=2 solver=sgd hidden=5 rate=0.5 seed=1");
        Plan full = Plan.of(table(LIST), Map.of("size", "full", "lambda", "0.1"));
        assertThat(full.cells().get(0).settings()).containsEntry("iterations", "5").doesNotContainKey("lambda");
        assertThat(full.cells().get(1).settings()).containsEntry("iterations", "4").containsEntry("lambda", "0.1");
        assertThat(full.cells().get(0).trials()).isEqualTo(1);
    }

    @Test
    void refusesWhatDoesNotExist() {
        refuses(Map.of("size", "huge"), "huge", "quick");
        refuses(Map.of("only", "adam,eve"), "eve", "admm");
        refuses(Map.of("columns", "a"), "'a'", "none");
        refuses(Map.of("datasets", "mnist"), "mnist", "square");
        refuses(Map.of("trials", "0"), "trials=0", "above 0");
        refuses(Map.of("speed", "9"), "speed", "altmin list");
        refuses(Map.of("seed", "9"), "seed", "trials=N");
    }

    private static void refuses(Map<String, String> given, String what, String remedy) {
        assertThatThrownBy(() -> Plan.of(table(LIST), given)).isInstanceOf(AltminException.class)
                .hasMessageContaining(what).hasMessageContaining(remedy);
    }

    @Test
    void aPlaceOfDataIsNotShown() {
        Cell cell = new Cell("r", "", Map.of("data-dir", "/home/me"), 1, List.of(), "");
        assertThat(cell.command()).contains("data-dir=DIR").doesNotContain("me");
    }
}
