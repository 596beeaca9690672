package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java code of these pages is that of the file which the page links to before it, or right behind it. */
class DocumentedCodeTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String OMISSION = "// ...";

    /** A block of code and the linked Java files nearest to it. */
    private record Snippet(String code, List<Path> files) {

        @Override
        public String toString() {
            return code.lines().findFirst().orElse("");
        }
    }

    static Stream<String> pages() throws IOException {
        return Stream.of(Files.readString(DOCS.resolve("extending.md")),
                Files.readString(DOCS.resolve("embedding.md")));
    }

    static Stream<Snippet> snippets() throws IOException {
        return pages().flatMap(DocumentedCodeTest::snippets);
    }

    private static Stream<Snippet> snippets(String page) {
        List<Snippet> snippets = new ArrayList<>();
        Matcher code = CODE.matcher(page);
        while (code.find()) {
            List<Path> before = javaFiles(page.substring(0, code.start()));
            List<Path> behind = javaFiles(page.substring(code.end()));
            List<Path> files = new ArrayList<>(before.subList(Math.max(0, before.size() - 1), before.size()));
            files.addAll(behind.subList(0, Math.min(1, behind.size())));
            snippets.add(new Snippet(code.group(1), files));
        }
        return snippets.stream();
    }

    private static List<Path> javaFiles(String text) {
        return LINK.matcher(text).results().map(link -> link.group(1)).filter(link -> link.endsWith(".java"))
                .map(DOCS::resolve).toList();
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static boolean holds(Path file, String code) {
        try {
            String source = unindented(Files.readString(file));
            return Stream.of(code.split(Pattern.quote(OMISSION) + "\n"))
                    .allMatch(part -> source.contains(unindented(part.stripTrailing())));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void isTakenFromAFileThatIsCompiled(Snippet snippet) {
        assertThat(snippet.files()).as("files with%n%s", snippet.code())
                .anyMatch(file -> holds(file, snippet.code()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksToWhatExists(String page) {
        assertThat(LINK.matcher(page).results().map(link -> link.group(1))).isNotEmpty()
                .allSatisfy(link -> assertThat(DOCS.resolve(link)).exists());
    }
}
