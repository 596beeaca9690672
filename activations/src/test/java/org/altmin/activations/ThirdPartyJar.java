package org.altmin.activations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Builds the jar of {@code examples/custom-activation} for the class path, without a module descriptor; the command's
 * tests build it for the module path.
 */
final class ThirdPartyJar {

    private static final Path MAIN = Path.of("..", "examples", "custom-activation", "src", "main");

    private ThirdPartyJar() {
    }

    static Path build(Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path java = MAIN.resolve("java");
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString(), "-classpath",
                System.getProperty("java.class.path")));
        try (Stream<Path> sources = Files.walk(java)) {
            sources.filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
                    .forEach(file -> arguments.add(file.toString()));
        }
        run("javac", arguments);
        Path jar = folder.resolve("custom-activation.jar");
        run("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), ".", "-C",
                MAIN.resolve("resources").toString(), "."));
        return jar;
    }

    private static void run(String tool, List<String> arguments) {
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err,
                arguments.toArray(String[]::new));
        assertThat(status).as("exit status of %s", tool).isZero();
    }
}
