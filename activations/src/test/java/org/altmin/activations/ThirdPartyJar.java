package org.altmin.activations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Builds the jar of {@code examples/custom-activation}, as its own build does, from its sources and resources. */
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
        int status = ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err,
                arguments.toArray(String[]::new));
        assertThat(status).as("exit status of the compiler").isZero();
        Path jar = folder.resolve("custom-activation.jar");
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
            addAll(classes, out);
            addAll(MAIN.resolve("resources"), out);
        }
        return jar;
    }

    private static void addAll(Path root, JarOutputStream out) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            out.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
            Files.copy(file, out);
            out.closeEntry();
        }
    }
}
