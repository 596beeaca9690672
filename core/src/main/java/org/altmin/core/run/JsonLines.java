package org.altmin.core.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.internal.Json;
import org.altmin.linalg.AltminException;

/**
 * A file with a JSON object on each line, as far as it can be read.
 *
 * @param objects of the lines that can be read, in their order
 * @param damaged the numbers of the others, counted from 1
 * @param count of all lines
 */
record JsonLines(List<Map<String, Object>> objects, List<Integer> damaged, int count) {

    /** @throws AltminException if the file is missing or cannot be read at all */
    static JsonLines read(Path file) {
        List<String> lines = lines(file);
        List<Map<String, Object>> objects = new ArrayList<>();
        List<Integer> damaged = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                objects.add(object(Json.parse(file, lines.get(i).getBytes(StandardCharsets.UTF_8)).plain()));
            } catch (AltminException e) {
                damaged.add(i + 1);
            }
        }
        return new JsonLines(objects, damaged, lines.size());
    }

    /** Whether a line before the last is damaged, which a killed process does not leave so. */
    boolean damagedWithin() {
        return !damaged.isEmpty() && damaged.get(0) < count;
    }

    /** Whether the last line alone is damaged, as a killed process may leave it. */
    boolean cutShort() {
        return !damaged.isEmpty() && damaged.get(0) == count;
    }

    /** The lines of any text file. */
    static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw AtomicFiles.unreadable(file, e);
        }
    }

    /** What is known to be a JSON object. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object plain) {
        return (Map<String, Object>) plain;
    }
}
