package org.altmin.linalg.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes: the backend from the class path and from the module path, with CUDA 12 and with CUDA 13. */
class PathsTest {

    private static final String RESULT = "54.0 on Simulated device (sm_90), cuBLAS 12.6, nvrtc 12.6";

    /** Without it Java 22 and newer warn of natives. */
    private static final String NATIVE_ACCESS = "--enable-native-access=";

    @TempDir
    private Path folder;

    @BeforeEach
    void simulate() {
        Simulator.use();
    }

    @Test
    void runsFromTheClassPath() throws IOException, InterruptedException {
        assertThat(run(12, List.of(NATIVE_ACCESS + "ALL-UNNAMED", "-cp", System.getProperty("java.class.path"))))
                .isEqualTo(RESULT);
    }

    @Test
    void runsFromTheModulePath() throws IOException, InterruptedException {
        List<String> modules = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            boolean module = entry.matches(".*(linalg-api|linalg-cuda.target.classes|jcuda|jcublas).*");
            (module ? modules : rest).add(entry);
        }
        List<String> options = List.of(NATIVE_ACCESS + "org.altmin.linalg.cuda,jcuda,jcublas",
                "-p", String.join(File.pathSeparator, modules), "--add-modules", "org.altmin.linalg.cuda",
                "-cp", String.join(File.pathSeparator, rest));
        assertThat(run(12, options)).isEqualTo(RESULT);
    }

    @Test
    void runsOnTheLibrariesOfCuda13() throws IOException, InterruptedException {
        List<String> options = List.of(NATIVE_ACCESS + "ALL-UNNAMED", "-Daltmin.cuda.version=13", "-cp",
                System.getProperty("java.class.path"));
        assertThat(run(13, options)).isEqualTo(RESULT);
    }

    @Test
    void saysThatCuda13IsThereWhereCuda12IsAskedFor() throws IOException, InterruptedException {
        assertThat(run(13, List.of("-cp", System.getProperty("java.class.path"))))
                .contains("libcublas.so.12 and libnvrtc.so.12 are not found; of CUDA 13 there is")
                .contains("-Daltmin.cuda.version=13");
    }

    private String run(int cuda, List<String> options) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx256m",
                "-Daltmin.cuda.libraries=" + Simulator.folder(cuda), "-Daltmin.cache=" + folder));
        command.addAll(options);
        command.add("org.altmin.program.ProcessMain");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return Arrays.stream(output.split("\n")).filter(line -> !line.startsWith("\tat"))
                .collect(Collectors.joining("\n")).strip();
    }
}
