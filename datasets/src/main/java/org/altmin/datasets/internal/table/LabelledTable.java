package org.altmin.datasets.internal.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.altmin.core.data.CsvFile;
import org.altmin.core.data.DoubleTable;
import org.altmin.linalg.AltminException;

/**
 * Features and labels read from a CSV file.
 *
 * @param features how many feature columns there are
 * @param names of the feature columns; empty where there is no header
 * @param values features, sample by sample
 * @param labels as written
 * @param lines where each sample stands
 * @param dropped how many incomplete records were left out
 */
public record LabelledTable(Path file, int features, List<String> names, double[] values, List<String> labels,
        List<Integer> lines, int dropped) {

    /**
     * @throws AltminException if the file or a column is missing, the assumed header might be a sample, a record has
     *         more or fewer fields than the first, a feature is not a finite number, a label is empty, or there are no
     *         samples
     */
    public static LabelledTable read(Path file, CsvLayout layout) {
        try (CsvFile csv = CsvFile.open(file, layout.separator())) {
            List<String> first = csv.next();
            if (first.isEmpty()) {
                throw new AltminException(file + " is empty; it should hold a header and samples.");
            }
            boolean header = layout.hasHeader();
            CsvHeader columns = header ? new CsvHeader(file, first) : CsvHeader.numbered(file, first.size());
            Rows rows = new Rows(csv, layout, columns);
            for (List<String> record = header ? csv.next() : first; !record.isEmpty(); record = csv.next()) {
                rows.add(record);
            }
            return rows.table();
        }
    }

    public int samples() {
        return labels.size();
    }

    /** The samples at these positions. */
    public DoubleTable select(int[] positions) {
        double[] selected = new double[positions.length * features];
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(values, positions[i] * features, selected, i * features, features);
        }
        return new DoubleTable(selected, features, names);
    }

    private static final class Rows {

        private final CsvFile csv;
        private final CsvLayout layout;
        private final CsvHeader columns;
        private final int labelColumn;
        private final int[] featureColumns;
        private final Numbers values = new Numbers();
        private final List<String> labels = new ArrayList<>();
        private final List<Integer> lines = new ArrayList<>();
        private int dropped;

        Rows(CsvFile csv, CsvLayout layout, CsvHeader columns) {
            this.csv = csv;
            this.layout = layout;
            this.columns = columns;
            labelColumn = layout.labelColumn(columns);
            featureColumns = layout.featureColumns(columns);
            if (layout.ignored().stream().anyMatch(name -> columns.find(name) == labelColumn)) {
                throw new AltminException(csv.file() + " cannot be without its label, " + columns.describe(labelColumn)
                        + "; take it off ignore, or set label to another column.");
            } else if (featureColumns.length == 0) {
                throw new AltminException(csv.file() + " has no columns beside the label; check the separator "
                        + "and ignore.");
            } else if (layout.header() == CsvLayout.Header.ASSUMED && !layout.namesLabel() && mayBeSample(columns)) {
                throw new AltminException("All features in the first line of " + csv.file() + " are numbers; set "
                        + "header=false if it is a sample, or header=true if it names the columns.");
            }
        }

        private boolean mayBeSample(CsvHeader first) {
            return Arrays.stream(featureColumns).mapToDouble(column -> Numbers.parse(first.names().get(column)))
                    .noneMatch(Double::isNaN);
        }

        void add(List<String> record) {
            if (record.size() != columns.count()) {
                throw new AltminException(csv.file() + ", line " + csv.line() + ": there are " + record.size()
                        + " fields instead of " + columns.count() + "; check separators and quotes.");
            }
            int complete = values.size();
            for (int column : featureColumns) {
                double value = Numbers.parse(record.get(column));
                if (Double.isNaN(value)) {
                    if (layout.dropIncomplete()) {
                        drop(complete);
                        return;
                    }
                    throw new AltminException(at(column) + ": '" + record.get(column)
                            + "' is not a finite number; mend it, or remove the line or the column.");
                }
                values.add(value);
            }
            String label = record.get(labelColumn).strip();
            if (label.isEmpty() || layout.dropIncomplete() && Double.isNaN(Numbers.parse(label))) {
                if (layout.dropIncomplete()) {
                    drop(complete);
                    return;
                }
                throw new AltminException(at(labelColumn) + ": the label is empty; add it, or remove the line.");
            }
            labels.add(label);
            lines.add(csv.line());
        }

        LabelledTable table() {
            if (labels.isEmpty()) {
                throw new AltminException(csv.file() + " holds no "
                        + (dropped > 0 ? "complete samples among " + dropped : "samples")
                        + "; check that it is the right file.");
            }
            List<String> names = layout.hasHeader()
                    ? Arrays.stream(featureColumns).mapToObj(columns.names()::get).toList() : List.of();
            return new LabelledTable(csv.file(), featureColumns.length, names, values.toArray(), labels, lines,
                    dropped);
        }

        private void drop(int complete) {
            values.shrink(complete);
            dropped++;
        }

        private String at(int column) {
            return csv.file() + ", line " + csv.line() + ", " + columns.describe(column);
        }
    }
}
