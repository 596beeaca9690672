package org.altmin.core.comparison;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.internal.Json;
import org.altmin.core.run.NumberedFolder;

/**
 * The folder {@code compare-<dataset>-NNN} of a comparison: {@code comparison.json}, {@code comparison.md}, and the
 * folders of the runs that it made.
 */
public final class ComparisonFolder {

    private static final String JSON = "comparison.json";
    private static final String MARKDOWN = "comparison.md";

    private final AtomicFiles files = new AtomicFiles();
    private final Path path;

    private ComparisonFolder(Path path) {
        this.path = path;
    }

    /**
     * Creates a new one; see {@link NumberedFolder}.
     *
     * @throws org.altmin.linalg.AltminException if it cannot be written to
     */
    public static ComparisonFolder create(Path parent, String name) {
        return new ComparisonFolder(NumberedFolder.create(parent, name));
    }

    /** Whether it is the folder of a comparison. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(JSON));
    }

    public Path path() {
        return path;
    }

    /**
     * Writes the table in both forms, in place of an earlier one.
     *
     * @param command that makes the comparison
     */
    public void write(ComparisonTable table, String command) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", command);
        json.putAll(table.json());
        files.writeFile(path.resolve(JSON), true, AtomicFiles.Content.of(Json.document(json)));
        StringBuilder text = new StringBuilder("# Solvers on " + table.dataset() + "\n\n    " + command + "\n\n");
        text.append(table.markdown()).append('\n');
        table.notes().forEach(note -> text.append("* ").append(note).append('\n'));
        files.writeFile(path.resolve(MARKDOWN), true,
                AtomicFiles.Content.of(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
