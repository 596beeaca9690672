package org.altmin.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.altmin.linalg.cuda.CudaProvider;
import org.altmin.linalg.spi.Availability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check on the pure Java backend, in processes of its own as on a device. */
class GpuCheckTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void judgeTheCpu() {
        System.setProperty("altmin.check.backend", "cpu");
        System.setProperty("altmin.check.small", "true");
        System.setProperty("altmin.check.out", folder.resolve("out").toString());
    }

    @AfterEach
    void forget() {
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith("altmin.check."))
                .forEach(System::clearProperty);
    }

    @Test
    void judgesThePartsThatAreNamed() throws Exception {
        System.setProperty("altmin.check.parts", "contract-backend-refusals,factorisations");
        assertThat(new GpuCheck(folder).run()).isZero();
        JsonNode json = new ObjectMapper().readTree(folder.resolve("out/gpu-check.json").toFile());
        assertThat(json.get("rows")).extracting(row -> row.get("check").asText()).contains("backend is available",
                "contract of backends: Refusals", "Cholesky factor and inverse, order 50");
        assertThat(json.get("rows")).extracting(row -> row.get("verdict").asText()).contains("ok", "measured")
                .doesNotContain("failed");
        assertThat(folder.resolve("out/gpu-check.log")).isNotEmptyFile();
        assertThat(folder.resolve("out/gpu-check.txt")).content().contains("contract of backends: Refusals");
    }

    @Test
    void stopsAPartThatTakesTooLong() {
        List<Row> rows = new PartProcess(folder).run(Part.named("contract-activations"), 1);
        assertThat(rows).containsExactly(Row.failed("contract-activations", "ends within 1 s", "was stopped then"));
    }

    @Test
    void reportsAPartThatBreaks() {
        System.setProperty("altmin.check.mnist", folder.resolve("nowhere").toString());
        List<Row> rows = new PartProcess(folder).run(Part.named("training"), 60);
        assertThat(rows).singleElement().extracting(Row::verdict).isEqualTo(Verdict.FAILED);
        assertThat(rows.get(0).measured()).contains("nowhere");
    }

    @Test
    void doesNotBeginWithoutTime() {
        assertThat(new PartProcess(folder).run(Part.named("speed"), 0)).singleElement().extracting(Row::verdict)
                .isEqualTo(Verdict.NOT_MEASURED);
        assertThat(Files.exists(folder.resolve("speed.log"))).isFalse();
    }

    @Test
    void saysThatThereIsNoDevice() throws Exception {
        assumeTrue(new CudaProvider().availability() instanceof Availability.Unavailable, "There is a GPU here.");
        System.setProperty("altmin.check.backend", "cuda");
        assertThat(new GpuCheck(folder).run()).isEqualTo(3);
        assertThat(folder.resolve("out/gpu-check.json")).content().contains("The backend 'cuda' is not available: ");
    }
}
