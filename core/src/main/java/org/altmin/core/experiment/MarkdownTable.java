package org.altmin.core.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * A table in Markdown whose source is aligned, so that it reads well on a terminal too. A column in which every entry
 * begins with a digit, a sign or a dash is set to the right.
 */
public final class MarkdownTable {

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public MarkdownTable(String... header) {
        this(List.of(header));
    }

    public MarkdownTable(List<String> header) {
        this.header = header.stream().map(MarkdownTable::escape).toList();
    }

    /** @throws IllegalArgumentException if the row has not an entry for every column */
    public MarkdownTable row(String... entries) {
        return row(List.of(entries));
    }

    /** @throws IllegalArgumentException if the row has not an entry for every column */
    public MarkdownTable row(List<String> entries) {
        if (entries.size() != header.size()) {
            throw new IllegalArgumentException("a row of " + entries.size() + " entries in a table of " + header.size()
                    + " columns");
        }
        rows.add(entries.stream().map(MarkdownTable::escape).toList());
        return this;
    }

    /** The lines, each with its end. */
    @Override
    public String toString() {
        int columns = header.size();
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int c = column;
            right[column] = !rows.isEmpty() && rows.stream().allMatch(row -> isNumeric(row.get(c)));
            widths[column] = Math.max(3, Math.max(length(header.get(column)),
                    rows.stream().mapToInt(row -> length(row.get(c))).max().orElse(0)));
        }
        StringBuilder text = new StringBuilder();
        line(text, header, widths, right);
        List<String> rule = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            rule.add("-".repeat(widths[column] - 1) + (right[column] ? ":" : "-"));
        }
        line(text, rule, widths, right);
        rows.forEach(row -> line(text, row, widths, right));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> entries, int[] widths, boolean[] right) {
        for (int column = 0; column < entries.size(); column++) {
            String entry = entries.get(column);
            String space = " ".repeat(widths[column] - length(entry));
            text.append("| ").append(right[column] ? space + entry : entry + space).append(' ');
        }
        text.append("|\n");
    }

    private static boolean isNumeric(String entry) {
        return entry.isEmpty() || Character.isDigit(entry.charAt(0)) || "+-–−.".indexOf(entry.charAt(0)) >= 0;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String escape(String entry) {
        return entry.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\s+", " ").strip();
    }
}
