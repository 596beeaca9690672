package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Made modules stand for altmin's and for those of third parties, which provide its service. */
class ModulePathCheckTest {

    private static final int CLASS_FILE_VERSION = 7;
    private static final Map<String, String> SOURCES = Map.of(
            "org.altmin.cli/module-info.java", "module org.altmin.cli { exports spi; uses spi.Service; }",
            "org.altmin.cli/spi/Service.java", "package spi; public interface Service { }",
            "good/module-info.java",
            "module good { requires org.altmin.cli; requires static tool; provides spi.Service with good.Impl; }",
            "good/good/Impl.java", "package good; public class Impl implements spi.Service { }",
            "needy/module-info.java",
            "module needy { requires org.altmin.cli; requires tool; provides spi.Service with needy.Impl; }",
            "needy/needy/Impl.java", "package needy; public class Impl implements spi.Service { }",
            "clashing/module-info.java",
            "module clashing { requires org.altmin.cli; provides spi.Service with good.Impl; }",
            "clashing/good/Impl.java", "package good; public class Impl implements spi.Service { }",
            "tool/module-info.java", "module tool { exports tool; }",
            "tool/tool/Tool.java", "package tool; public class Tool { }");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void buildsTheJars() throws IOException {
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            Path file = folder.resolve("src").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
        }
        List<String> modules = SOURCES.keySet().stream().map(name -> name.split("/")[0]).distinct().toList();
        for (String module : modules) {
            tool("javac", "--module-source-path", folder.resolve("src").toString(), "-d",
                    folder.resolve("classes").toString(), "--module", module);
            tool("jar", "--create", "--file", jar(module), "-C", folder.resolve("classes/" + module).toString(), ".");
        }
        tool("jar", "--create", "--no-compress", "--file", jar("twin"), "-C",
                folder.resolve("classes/good").toString(), ".");
        tool("jar", "--create", "--no-compress", "--file", jar("impostor"), "-C",
                folder.resolve("classes/org.altmin.cli").toString(), ".");
        Files.copy(Path.of(jar("good")), Path.of(jar("copy")));
        Files.copy(Path.of(jar("org.altmin.cli")), Path.of(jar("own copy")));
        byte[] whole = Files.readAllBytes(Path.of(jar("good")));
        Files.write(Path.of(jar("cut")), Arrays.copyOf(whole, whole.length / 2));
        Files.write(Path.of(jar("empty")), new byte[0]);
        Files.writeString(Path.of(jar("text")), "no jar");
        Files.writeString(folder.resolve("notes.txt"), "no jar");
        byte[] descriptor = Files.readAllBytes(folder.resolve("classes/good/module-info.class"));
        descriptor[CLASS_FILE_VERSION] = 120;
        try (ZipOutputStream future = new ZipOutputStream(Files.newOutputStream(Path.of(jar("future"))))) {
            future.putNextEntry(new ZipEntry("module-info.class"));
            future.write(descriptor);
        }
    }

    private static void tool(String name, String... arguments) {
        assertThat(ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, arguments)).isZero();
    }

    private static String jar(String name) {
        return folder.resolve(name + ".jar").toString();
    }

    private static Optional<String> problem(String... names) {
        String path = Stream.of(names).map(name -> name.contains(".") ? folder.resolve(name).toString() : jar(name))
                .collect(Collectors.joining(File.pathSeparator));
        return ModulePathCheck.problem(jar("org.altmin.cli"), File.pathSeparator + path);
    }

    @Test
    void jarsThatFitAreNoProblem() {
        assertThat(problem("good")).isEmpty();
        assertThat(problem("good", "needy", "tool")).isEmpty();
        assertThat(problem("good", "good")).isEmpty();
        assertThat(problem("good", "copy")).isEmpty();
        assertThat(problem("good", "org.altmin.cli.jar")).isEmpty();
        assertThat(problem("good", "own copy")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cut       | is no jar, or a damaged one (
            empty     | is no jar, or a damaged one (
            text      | is no jar, or a damaged one (
            notes.txt | is no jar; name jars, or folders
            future    | is no module for Java
            absent    | which does not exist.
            """)
    void aJarThatCannotBeReadIsNamed(String name, String message) {
        assertThat(problem("good", name)).hasValueSatisfying(sentence -> assertThat(sentence)
                .contains(folder.resolve(name.contains(".") ? name : name + ".jar") + "'", message)
                .doesNotContain("Exception"));
    }

    @ParameterizedTest
    @CsvSource({"cut, good", "text, good", "cut, ''"})
    void aDamagedJarOfAltminIsNamed(String name, String jars) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib of " + name + jars));
        Files.copy(Path.of(jar("org.altmin.cli")), lib.resolve("a.jar"));
        Files.copy(Path.of(jar(name)), lib.resolve("b.jar"));
        Files.writeString(lib.resolve("notes.txt"), "no jar");
        assertThat(ModulePathCheck.problem(lib.toString(), jars.isEmpty() ? "" : jar(jars)))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("'" + lib.resolve("b.jar") + "', a part of altmin, is damaged (")
                        .endsWith("); build it again with 'mvn -B -DskipTests clean package' in altmin's folder.")
                        .doesNotContain("Exception", "ALTMIN_PATH"));
    }

    @Test
    void aMissingJarOfAltminIsNamed() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib without the command"));
        assertThat(ModulePathCheck.problem(lib.toString(), jar("good")))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("altmin is not complete (Module org.altmin.cli not found); build it again with "));
        assertThat(ModulePathCheck.problem(jar("org.altmin.cli"), "")).isEmpty();
    }

    @Test
    void aMissingJarThatAltminsProvidersNeedIsNamed() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib without the tool"));
        Files.copy(Path.of(jar("org.altmin.cli")), lib.resolve("a.jar"));
        Files.copy(Path.of(jar("needy")), lib.resolve("b.jar"));
        assertThat(ModulePathCheck.problem(lib.toString(), "")).hasValueSatisfying(sentence -> assertThat(sentence)
                .startsWith("altmin is not complete (Module tool not found, required by needy); build it again with "));
        Files.copy(Path.of(jar("tool")), lib.resolve("c.jar"));
        assertThat(ModulePathCheck.problem(lib.toString(), "")).isEmpty();
    }

    @Test
    void aModuleThatIsThereTwice() {
        assertThat(problem("good", "twin")).hasValue("ALTMIN_PATH has the module good twice, in '" + jar("good")
                + "' and '" + jar("twin") + "'; leave one of them out.");
    }

    @Test
    void aModuleThatAltminHasItself() {
        assertThat(problem("good", "impostor")).hasValue("'" + jar("impostor") + "' on ALTMIN_PATH has the module "
                + "org.altmin.cli, but altmin takes its own of that name, '" + jar("org.altmin.cli") + "'; leave the "
                + "jar out.");
    }

    @Test
    void aModuleThatIsMissing() {
        assertThat(problem("good", "needy")).hasValue("'" + jar("needy") + "' on ALTMIN_PATH needs the module tool, "
                + "which is not there; add its jar to ALTMIN_PATH.");
    }

    @Test
    void aPackageInTwoModules() {
        assertThat(problem("good", "clashing")).hasValueSatisfying(sentence -> assertThat(sentence)
                .contains("Package good in both module ", "good", "clashing", "; leave one out."));
    }
}
