package org.altmin.datasets.internal.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.altmin.core.data.Targets;
import org.altmin.linalg.AltminException;

/**
 * Labels as class numbers: numeric labels in the order of their values, others in the order of their text.
 *
 * @param names of the classes; equal numbers written differently are one class
 */
public record LabelCoding(boolean numeric, List<String> names) {

    /** Whole numbers with more distinct values than this are taken for real values, not classes. */
    public static final int MOST_WHOLE_NUMBERS = 20;

    /** @throws AltminException if there is only one class */
    public static LabelCoding of(LabelledTable table) {
        boolean numeric = isNumeric(table);
        List<String> names;
        if (numeric) {
            Map<Double, String> byValue = new TreeMap<>();
            table.labels().forEach(label -> byValue.put(value(label), canonical(label)));
            names = List.copyOf(byValue.values());
        } else {
            names = table.labels().stream().distinct().sorted().toList();
        }
        if (names.size() < 2) {
            throw new AltminException(table.file() + " has the one class '" + names.get(0)
                    + "' only; check the label column, or set task=values.");
        }
        return new LabelCoding(numeric, names);
    }

    /** Whether the labels look like classes: text, or a few whole numbers. */
    public static boolean looksLikeClasses(LabelledTable table) {
        if (!isNumeric(table)) {
            return true;
        }
        return table.labels().stream().allMatch(label -> value(label) == Math.rint(value(label)))
                && table.labels().stream().map(LabelCoding::value).distinct().count() <= MOST_WHOLE_NUMBERS;
    }

    /** @throws AltminException if a label is not among the classes */
    public Targets.Labels encode(LabelledTable table, int[] positions) {
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        int[] labels = new int[positions.length];
        for (int i = 0; i < labels.length; i++) {
            String label = table.labels().get(positions[i]);
            Integer number = numbers.get(numeric && !Double.isNaN(Numbers.parse(label)) ? canonical(label) : label);
            if (number == null) {
                throw new AltminException(table.file() + ", line " + table.lines().get(positions[i]) + ": the class '"
                        + label + "' does not occur in the training samples; there are " + String.join(", ", names)
                        + ".");
            }
            labels[i] = number;
        }
        return new Targets.Labels(labels, names);
    }

    /** The labels as real values. */
    public static Targets.Values values(LabelledTable table, int[] positions) {
        double[] values = new double[positions.length];
        for (int i = 0; i < values.length; i++) {
            String label = table.labels().get(positions[i]);
            values[i] = value(label);
            if (Double.isNaN(values[i])) {
                throw new AltminException(table.file() + ", line " + table.lines().get(positions[i]) + ": the label '"
                        + label + "' is not a finite number; mend it, remove the line, or set task=classes.");
            }
        }
        return new Targets.Values(values, 1);
    }

    private static boolean isNumeric(LabelledTable table) {
        return table.labels().stream().noneMatch(label -> Double.isNaN(value(label)));
    }

    private static double value(String label) {
        return Numbers.parse(label) + 0.0;
    }

    private static String canonical(String label) {
        double value = value(label);
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }
}
