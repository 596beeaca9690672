package org.altmin.datasets.internal.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a CSV file are what. Columns are given by the header's name or by number from 1.
 *
 * @param label the label column; {@link #LAST} for the last one
 * @param features the feature columns; empty for all others
 * @param ignored columns that are neither
 * @param dropIncomplete whether records with an empty or non-numeric cell are left out instead of refused
 */
public record CsvLayout(char separator, Header header, String label, List<String> features, List<String> ignored,
        boolean dropIncomplete) {

    /** Whether the first record names the columns. */
    public enum Header {
        PRESENT,
        ABSENT,
        /** Present, but refused where it might be a sample. */
        ASSUMED
    }

    public static final String LAST = "last";

    public CsvLayout {
        features = List.copyOf(features);
        ignored = List.copyOf(ignored);
    }

    boolean hasHeader() {
        return header != Header.ABSENT;
    }

    /** Whether the label column is given by a name, which a sample does not hold, not by position. */
    boolean namesLabel() {
        return !label.equals(LAST) && Double.isNaN(Numbers.parse(label));
    }

    int labelColumn(CsvHeader columns) {
        return label.equals(LAST) ? columns.count() - 1 : columns.find(label);
    }

    int[] featureColumns(CsvHeader columns) {
        Set<Integer> chosen = new LinkedHashSet<>();
        if (features.isEmpty()) {
            for (int i = 0; i < columns.count(); i++) {
                chosen.add(i);
            }
            ignored.forEach(name -> chosen.remove(columns.find(name)));
            chosen.remove(labelColumn(columns));
        } else {
            features.forEach(name -> chosen.add(columns.find(name)));
        }
        return new ArrayList<>(chosen).stream().mapToInt(Integer::intValue).toArray();
    }
}
