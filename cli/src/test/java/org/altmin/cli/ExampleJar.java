package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Builds the jar of an example as a third party does who has nothing of altmin but its distribution. */
final class ExampleJar {

    private ExampleJar() {
    }

    /** @return the jar of {@code examples/NAME}, in the folder */
    static Path build(Path root, String name, Path folder) throws IOException {
        Path main = root.resolve("examples").resolve(name).resolve("src/main");
        Path classes = folder.resolve(name + "-classes");
        List<String> compiler = new ArrayList<>(List.of("--release", "17", "-d", classes.toString(), "--module-path",
                root.resolve("cli/target/dist/lib").toString()));
        try (Stream<Path> sources = Files.walk(main.resolve("java"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> compiler.add(file.toString()));
        }
        run("javac", compiler);
        Path jar = folder.resolve(name + ".jar");
        run("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), ".", "-C",
                main.resolve("resources").toString(), "."));
        return jar;
    }

    private static void run(String tool, List<String> arguments) {
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err,
                arguments.toArray(String[]::new));
        assertThat(status).as("exit status of %s", tool).isZero();
    }
}
