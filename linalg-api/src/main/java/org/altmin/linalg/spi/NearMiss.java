package org.altmin.linalg.spi;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a name that there is not may have been meant to be: for messages. */
public final class NearMiss {

    private static final int SHORTEST = 3;

    private NearMiss() {
    }

    /**
     * {@code " (did you mean 'NAME'?)"}, to be put behind the wrong name, or nothing if no name is near. Near is, case
     * aside, the name that the fewest letters, up to a third of them, missing, too many, wrong or exchanged with their
     * neighbour, make of the wrong one; and where there is none, a name that stands as a word within the wrong one.
     */
    public static String hint(String wrong, Collection<String> names) {
        String folded = wrong.toLowerCase(Locale.ROOT).replace('_', '-');
        return byLetters(folded, names).or(() -> byWords(folded, names))
                .map(name -> " (did you mean '" + name + "'?)").orElse("");
    }

    private static Optional<String> byLetters(String folded, Collection<String> names) {
        int nearest = folded.length() < SHORTEST ? 1 : Math.max(1, folded.length() / 3) + 1;
        Optional<String> result = Optional.empty();
        for (String name : names) {
            int distance = distance(folded, name);
            if (distance < nearest) {
                nearest = distance;
                result = Optional.of(name);
            }
        }
        return result;
    }

    private static Optional<String> byWords(String folded, Collection<String> names) {
        List<String> words = Arrays.asList(folded.split("-"));
        return names.stream().filter(words::contains).findFirst();
    }

    /** The letters to put in, take out, replace or exchange, none twice (optimal string alignment). */
    private static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        Arrays.setAll(last, j -> j);
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], last[j]));
                if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[to.length()];
    }
}
