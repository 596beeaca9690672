package org.altmin.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

    private static final Row GOOD = Row.judged("curve", "within 1e-9", "1e-12", true);
    private static final Row BAD = Row.judged("time", "at most 1 s", "2 s", false);
    private static final Row FIGURE = Row.figure("memory", "3 GiB");
    private static final Row MISSING = Row.notMeasured("reference", "no Python");

    @TempDir
    private Path folder;

    @Test
    void linesUpItsColumns() {
        Table table = new Table();
        table.add(List.of(GOOD, FIGURE, MISSING));
        assertThat(table.toString().lines()).containsExactly(
                "check      wanted       measured",
                "curve      within 1e-9  1e-12      ok",
                "memory                  3 GiB      measured",
                "reference               no Python  not measured");
        assertThat(table.hasFailures()).isFalse();
        table.add(List.of(BAD));
        assertThat(table.hasFailures()).isTrue();
        assertThat(table.summary()).isEqualTo("1 ok, 1 failed, 1 not measured, 1 figures");
    }

    @Test
    void endsWithSpeeds() {
        Table table = new Table();
        table.addSpeeds(List.of(BAD));
        table.add(List.of(GOOD));
        assertThat(table.toString().lines().skip(1)).extracting(line -> line.substring(0, 5))
                .containsExactly("curve", "time ");
        assertThat(table.hasFailures()).isTrue();
    }

    @Test
    void isWrittenAsJson() throws IOException {
        Table table = new Table();
        table.add(List.of(BAD, MISSING));
        Path file = folder.resolve("table.json");
        table.write(file, Map.of("seconds", 7));
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.get("seconds").asInt()).isEqualTo(7);
        assertThat(json.get("rows")).hasSize(2);
        assertThat(json.get("rows").get(0).get("check").asText()).isEqualTo("time");
        assertThat(json.get("rows").get(0).get("verdict").asText()).isEqualTo("failed");
        assertThat(json.get("rows").get(1).get("verdict").asText()).isEqualTo("not measured");
    }

    @Test
    void rowsPassThroughAFile() throws IOException {
        RowFile file = new RowFile(folder.resolve("rows"));
        assertThat(file.read()).isEmpty();
        List.of(GOOD, BAD, FIGURE, MISSING).forEach(file);
        assertThat(file.read()).containsExactly(GOOD, BAD, FIGURE, MISSING);
    }
}
