package org.altmin.cli.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.altmin.linalg.AltminException;

/**
 * A table or figure of a paper as its resource describes it: a run for each row, or for each pair of a row and a
 * column. Settings are those of {@code altmin train}; of two that set the same key the later wins, in the order table,
 * column, row, row in this column, size, size in this column, row or cell.
 *
 * @param name what a user types
 * @param title one line
 * @param source paper, and number of the table or figure
 * @param data what the user must have: one line, empty for nothing
 * @param notes lines on what differs from the paper
 * @param corner heading of the rows' names
 * @param figures names of {@link Figure}s to report; with columns and a single figure the table is a grid
 * @param settings of every run
 * @param columns none, or a second axis
 * @param quick a size that shows in a few minutes that everything works
 * @param full the paper's size
 */
public record PaperTable(String name, String title, String source, String data, List<String> notes, String corner,
        List<String> figures, Map<String, String> settings, List<Entry> columns, List<Entry> rows,
        Size quick, Size full) {

    public PaperTable {
        if (quick == null || full == null) {
            throw new IllegalArgumentException("the table '" + name + "' has not both sizes, quick and full");
        }
        data = data == null ? "" : data;
        notes = orEmpty(notes);
        corner = corner == null ? "" : corner;
        figures = orEmpty(figures);
        settings = orEmpty(settings);
        columns = orEmpty(columns);
        rows = orEmpty(rows);
    }

    /**
     * A row or column.
     *
     * @param name within the table; letters, digits and {@code . _ = -}
     * @param title as shown; by default the name
     * @param paper the paper's values: of a grid one for each column, otherwise one for each figure; "" for none
     * @param note shown with the result
     * @param in what is different in one column, by its name
     */
    public record Entry(String name, String title, Map<String, String> settings, List<String> paper, String note,
            Map<String, Part> in) {

        public Entry {
            title = title == null ? name : title;
            settings = orEmpty(settings);
            paper = orEmpty(paper);
            note = note == null ? "" : note;
            in = in == null ? Map.of() : Map.copyOf(in);
        }
    }

    /** What is different in one cell. */
    public record Part(Map<String, String> settings, String note) {

        static final Part NONE = new Part(null, null);

        public Part {
            settings = orEmpty(settings);
            note = note == null ? "" : note;
        }
    }

    /**
     * How much is run.
     *
     * @param time what to expect on four cores
     * @param trials seeds 1 to this
     * @param settings of every run
     * @param in settings by the name of a row, a column, or a cell (row/column)
     * @param rows the names of the rows that are run; all by default
     * @param columns the names of the columns that are run; all by default
     */
    public record Size(String time, int trials, Map<String, String> settings, Map<String, Map<String, String>> in,
            List<String> rows, List<String> columns) {

        public Size {
            trials = Math.max(1, trials);
            settings = orEmpty(settings);
            in = in == null ? Map.of() : Map.copyOf(in);
            rows = orEmpty(rows);
            columns = orEmpty(columns);
        }
    }

    /** Whether each cell is one number, shown below its column. */
    public boolean isGrid() {
        return !columns.isEmpty() && figures.size() == 1;
    }

    /** @throws AltminException if there is no size of that name */
    public Size size(String size) {
        return switch (size) {
            case "quick" -> quick;
            case "full" -> full;
            default -> throw new AltminException("There is no size '" + size + "'; there are quick and full.");
        };
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : new LinkedHashMap<>(map);
    }
}
