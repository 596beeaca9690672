package org.altmin.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison with PyTorch: its rows with a script in Python's place, its driver where there are torch and code. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "gpu-check is for Linux.")
class PeerTest {

    private static final int SAMPLES = 300;
    private static final int PIXELS = 784;
    private static final String VARIANT = "dlADMM 784-20-20-10, 300 of mnist, its authors' PyTorch code ";

    @TempDir
    private Path folder;

    @BeforeEach
    void judgeTheCpu() throws IOException {
        System.setProperty("altmin.check.backend", "cpu");
        System.setProperty("altmin.check.small", "true");
        System.setProperty("altmin.check.peer", folder.toString());
        System.setProperty("altmin.check.mnist", folder.toString());
        writeMnist();
    }

    @AfterEach
    void forget() {
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith("altmin.check."))
                .forEach(System::clearProperty);
    }

    @Test
    void saysThatThereIsNoCode() throws Exception {
        System.clearProperty("altmin.check.peer");
        assertThat(rows()).containsExactly(Row.notMeasured(Peer.CHECK, "not in the bundle; pack with peer=DIR"));
    }

    @Test
    void saysThatThereIsNoMnist() throws Exception {
        System.clearProperty("altmin.check.mnist");
        assertThat(rows()).singleElement().extracting(Row::measured).asString().contains("pack with data-dir=DIR");
    }

    @Test
    void saysThatThereIsNoPython() throws Exception {
        System.setProperty("altmin.check.python", folder.resolve("python4").toString());
        assertThat(rows()).containsExactly(Row.notMeasured(Peer.CHECK, "there is no " + folder.resolve("python4")));
    }

    @Test
    void saysWhatPythonLacks() throws Exception {
        python("echo '{\"unavailable\": \"python3 has no torch\"}'; exit 1");
        assertThat(rows()).containsExactly(Row.notMeasured(Peer.CHECK, "python3 has no torch"));
    }

    @Test
    void saysThatPythonBroke() throws Exception {
        python("echo nonsense; exit 9");
        assertThat(rows()).singleElement().extracting(Row::measured).asString()
                .endsWith("python ended with 9; the log says why");
    }

    @Test
    void comparesWhatPythonMeasured() throws Exception {
        python("""
                echo "$*" >"${0%/*}/arguments"
                echo '{"torch": "2.4.0", "device": "a device"}'
                echo '{"variant": "as published", "iterations": 10, "seconds": 7200.0, "accuracy": 0.5, \
                "stopped": null, "peak_bytes": 1073741824}'
                echo '{"variant": "cut", "iterations": 3, "seconds": 1.0, "accuracy": 0.5, \
                "stopped": "stopped after 20 s", "peak_bytes": 0}'
                echo '{"variant": "endless", "iterations": 0, "seconds": null, "accuracy": null, \
                "stopped": "stopped after 20 s", "peak_bytes": 0}'
                """);
        List<Row> rows = rows();
        assertThat(rows).extracting(Row::check).containsExactly("PyTorch", VARIANT + "as published", VARIANT + "cut",
                VARIANT + "endless");
        assertThat(rows).extracting(Row::verdict).containsExactly(Verdict.MEASURED, Verdict.MEASURED, Verdict.MEASURED,
                Verdict.NOT_MEASURED);
        assertThat(rows).extracting(Row::measured).satisfiesExactly(
                machine -> assertThat(machine).isEqualTo("2.4.0 on a device"),
                published -> assertThat(published).matches("7200\\.0000 s an iteration, [0-9]{4,}\\.[0-9] times "
                        + "altmin's 0\\.[0-9]{4} s; memory 1\\.00 GiB; train accuracy 0\\.500 after 10"),
                cut -> assertThat(cut).endsWith("after 3, stopped after 20 s"),
                endless -> assertThat(endless).isEqualTo("no iteration ended, stopped after 20 s"));
        assertThat(folder.resolve("arguments")).content().contains("--device cpu --samples 300", "--hidden 20 20");
    }

    @Test
    void stopsPython() throws Exception {
        System.setProperty("altmin.check.minutes", "0.01");
        python("echo '{\"torch\": \"2.4.0\", \"device\": \"a device\"}'; exec sleep 60");
        assertThat(rows()).extracting(Row::measured).containsExactly("2.4.0 on a device", "stopped after 1 s");
    }

    @Test
    void neverFails() {
        System.setProperty("altmin.check.mnist", folder.resolve("nowhere").toString());
        List<Row> rows = new PartProcess(folder).run(Part.named("peer"), 60);
        assertThat(rows).singleElement().extracting(Row::verdict).isEqualTo(Verdict.NOT_MEASURED);
    }

    @ParameterizedTest
    @CsvSource({"12 9 5, 1e-6", "12 9 5, 1", "110, 0.1"})
    void cachedProductsChangeNoIterate(String hidden, String rho) throws Exception {
        List<JsonNode> lines = drive("--hidden " + hidden + " --rho " + rho + " --iterations 6");
        assertThat(lines).extracting(line -> line.path("variant").asText()).containsExactly("", "as published",
                "products cached");
        assertThat(lines.get(1).get("costs")).hasSize(6).doesNotHaveDuplicates().isEqualTo(lines.get(2).get("costs"));
        assertThat(lines.get(1).get("accuracy")).isEqualTo(lines.get(2).get("accuracy"));
        assertThat(lines.get(2).get("seconds").asDouble()).isPositive();
    }

    @Test
    void theDriverStopsEachVariant() throws Exception {
        List<JsonNode> lines = drive("--hidden 20 20 --iterations 1000000 --limit 0.5");
        assertThat(lines.subList(1, 3)).allSatisfy(line -> {
            assertThat(line.get("stopped").asText()).isEqualTo("stopped after 0.5 s");
            assertThat(line.get("iterations").asInt()).isLessThan(1_000_000).isEqualTo(line.get("costs").size());
        });
    }

    /** What the driver prints, with the authors' code, on the CPU. */
    private List<JsonNode> drive(String options) throws Exception {
        String checkout = System.getenv("ALTMIN_PEER");
        assumeTrue(checkout != null, "ALTMIN_PEER names no checkout of github.com/xianggebenben/dlADMM.");
        String python = System.getenv().getOrDefault("CHECK_PYTHON", "python3");
        assumeTrue(run(List.of(python, "-c", "import torch, numpy")) == 0, python + " has no torch or no numpy.");
        List<String> command = new ArrayList<>(List.of(python, "peer.py",
                checkout + "/MLP/pytorch_version/dlADMM/common.py", folder.toString(), "--device", "cpu"));
        command.addAll(List.of(options.split(" ")));
        assertThat(run(command)).isZero();
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("printed"))) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectOutput(folder.resolve("printed").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private static List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        Peer.run(rows::add);
        return rows;
    }

    /** A script in Python's place. */
    private void python(String script) throws IOException {
        Path file = folder.resolve("python");
        Files.writeString(file, "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        System.setProperty("altmin.check.python", file.toString());
    }

    private void writeMnist() throws IOException {
        Random random = new Random(1);
        for (String part : List.of("train", "t10k")) {
            byte[] images = new byte[SAMPLES * PIXELS];
            random.nextBytes(images);
            byte[] labels = new byte[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                labels[i] = (byte) (i % 10);
            }
            write(part + "-images-idx3-ubyte.gz", images, 0x803, SAMPLES, 28, 28);
            write(part + "-labels-idx1-ubyte.gz", labels, 0x801, SAMPLES);
        }
    }

    private void write(String name, byte[] content, int... header) throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * header.length);
        for (int number : header) {
            numbers.putInt(number);
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(numbers.array());
            out.write(content);
        }
    }
}
