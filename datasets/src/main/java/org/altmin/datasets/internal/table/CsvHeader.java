package org.altmin.datasets.internal.table;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.altmin.linalg.AltminException;

/** The columns of a CSV file, by name or by number. */
record CsvHeader(Path file, List<String> names) {

    CsvHeader {
        names = names.stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new AltminException(file + " names two columns '" + name + "' in its first line; rename one, or "
                        + "set header=false if that line is a sample.");
            }
        }
    }

    /** Columns named by their numbers. */
    static CsvHeader numbered(Path file, int count) {
        return new CsvHeader(file, IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
    }

    int count() {
        return names.size();
    }

    /** "column 'age'", for messages. */
    String describe(int column) {
        String number = Integer.toString(column + 1);
        return names.get(column).equals(number) ? "column " + number
                : "column " + number + " ('" + names.get(column) + "')";
    }

    int find(String nameOrNumber) {
        String wanted = nameOrNumber.strip();
        int byName = names.indexOf(wanted);
        if (byName >= 0) {
            return byName;
        }
        try {
            int number = Integer.parseInt(wanted);
            if (number >= 1 && number <= count()) {
                return number - 1;
            }
        } catch (NumberFormatException e) {
            throw absent(wanted);
        }
        throw absent(wanted);
    }

    private AltminException absent(String wanted) {
        return new AltminException(file + " has no column '" + wanted + "'; it has " + count() + ": "
                + String.join(", ", names) + ".");
    }
}
