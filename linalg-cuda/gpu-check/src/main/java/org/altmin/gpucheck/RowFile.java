package org.altmin.gpucheck;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Rows on their way from the process of a part to that of the table: a line of JSON each, on disk at once. */
final class RowFile implements Consumer<Row> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    RowFile(Path file) {
        this.file = file;
    }

    @Override
    public void accept(Row row) {
        try {
            Files.writeString(file, JSON.writeValueAsString(row) + "\n", StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Row> read() throws IOException {
        List<Row> rows = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                rows.add(JSON.readValue(line, Row.class));
            }
        }
        return rows;
    }
}
