package org.altmin.gpucheck;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rows; those of speeds come last, where the end of a long output shows them. */
final class Table {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int WIDEST = 100;

    private final List<Row> rows = new ArrayList<>();
    private final List<Row> speeds = new ArrayList<>();

    void add(List<Row> more) {
        rows.addAll(more);
    }

    void addSpeeds(List<Row> more) {
        speeds.addAll(more);
    }

    boolean hasFailures() {
        return count(Verdict.FAILED) > 0;
    }

    /** How many of each verdict. */
    String summary() {
        return count(Verdict.OK) + " ok, " + count(Verdict.FAILED) + " failed, " + count(Verdict.NOT_MEASURED)
                + " not measured, " + count(Verdict.MEASURED) + " figures";
    }

    /** In columns. */
    @Override
    public String toString() {
        List<Row> lines = new ArrayList<>();
        lines.add(new Row("check", "wanted", "measured", null));
        lines.addAll(all());
        int check = lines.stream().mapToInt(row -> row.check().length()).max().orElse(0);
        int wanted = lines.stream().mapToInt(row -> row.wanted().length()).max().orElse(0);
        int measured = Math.min(WIDEST, lines.stream().mapToInt(row -> row.measured().length()).max().orElse(0));
        String format = "%-" + check + "s  %-" + wanted + "s  %-" + measured + "s  %s";
        StringBuilder text = new StringBuilder();
        for (Row row : lines) {
            String line = String.format(format, row.check(), row.wanted(), row.measured(),
                    row.verdict() == null ? "" : row.verdict());
            text.append(line.stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    void write(Path file, Map<String, Object> header) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>(header);
        content.put("summary", summary());
        content.put("rows", all());
        JSON.writeValue(file.toFile(), content);
    }

    private List<Row> all() {
        List<Row> all = new ArrayList<>(rows);
        all.addAll(speeds);
        return all;
    }

    private long count(Verdict verdict) {
        return all().stream().filter(row -> row.verdict() == verdict).count();
    }
}
