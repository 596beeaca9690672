package org.altmin.linalg.openblas.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The {@link Probe} in a process of its own, on the Java of this one. */
final class JavaProcess {

    /** @param output standard output and standard error together */
    record Result(int status, String output) {
    }

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /** With everything on the class path but what {@code without} names. */
    static JavaProcess onClassPath(Predicate<String> without, Path cache, List<String> options, String... arguments)
            throws IOException {
        String path = String.join(File.pathSeparator, entries(without));
        return start("ALL-UNNAMED", cache, options, List.of("-cp", path), arguments);
    }

    /** With the tests on the class path and all else on the module path. */
    static JavaProcess onModulePath(Predicate<String> without, Path cache, List<String> options) throws IOException {
        String modules = String.join(File.pathSeparator, entries(without.or(JavaProcess::isTests)));
        String tests = String.join(File.pathSeparator, entries(entry -> !isTests(entry)));
        return start("org.altmin.linalg.openblas,dev.ludovic.netlib.blas,com.sun.jna", cache, options,
                List.of("-p", modules, "--add-modules", "org.altmin.linalg", "-cp", tests));
    }

    Result await() throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static JavaProcess start(String nativeAccess, Path cache, List<String> options, List<String> paths,
            String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=" + nativeAccess);
        }
        command.add("-Daltmin.cache=" + cache);
        command.addAll(options);
        command.addAll(paths);
        command.add(Probe.class.getName());
        command.addAll(List.of(arguments));
        return new JavaProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static List<String> entries(Predicate<String> without) {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator)).filter(without.negate()).toList();
    }

    private static boolean isTests(String entry) {
        return Path.of(entry).endsWith("test-classes");
    }
}
