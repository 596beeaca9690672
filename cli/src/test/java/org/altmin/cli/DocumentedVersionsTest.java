package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The jars that the pages name are those that altmin is built with. */
class DocumentedVersionsTest {

    private static final Path ROOT = Path.of("..");
    private static final List<String> PAGES = List.of("README.md", "docs/embedding.md", "docs/extending.md");
    private static final Pattern JAR = Pattern.compile("org\\.bytedeco:(openblas|dnnl):([^:`]+)");
    private static final Map<String, String> PROPERTIES = Map.of("openblas", "openblas", "dnnl", "onednn");

    private static String version(String pom, String artifact) {
        String property = PROPERTIES.get(artifact);
        Matcher version = Pattern.compile("<" + property + "\\.version>(.+)</" + property + "\\.version>").matcher(pom);
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    @Test
    void areTheBuilds() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        StringBuilder pages = new StringBuilder();
        for (String page : PAGES) {
            pages.append(Files.readString(ROOT.resolve(page)));
        }
        List<MatchResult> jars = JAR.matcher(pages).results().toList();
        assertThat(jars).extracting(jar -> jar.group(1)).contains("openblas", "dnnl");
        assertThat(jars).allSatisfy(jar -> assertThat(jar.group(2)).isEqualTo(version(pom, jar.group(1))));
    }
}
