package org.altmin.linalg.spi;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** What a name that there is not may have been meant to be: for messages. */
public final class NearMiss {

    private static final int SHORTEST = 3;

    private NearMiss() {
    }

    /**
     * {@code " (did you mean 'NAME'?)"}, to be put behind the wrong name, or nothing if no name is near. Near is a name
     * that differs in case only, that stands as a word within the wrong one, or that up to a third of the letters,
     * missing, too many, wrong or exchanged with their neighbour, make of it.
     */
    public static String hint(String wrong, Collection<String> names) {
        String folded = wrong.toLowerCase(Locale.ROOT).replace('_', '-');
        int nearest = folded.length() < SHORTEST ? 1 : Math.max(1, folded.length() / 3) + 1;
        String result = "";
        for (String name : names) {
            boolean word = Arrays.asList(folded.split("-")).contains(name);
            int distance = word ? Math.min(1, distance(folded, name)) : distance(folded, name);
            if (distance < nearest) {
                nearest = distance;
                result = " (did you mean '" + name + "'?)";
            }
        }
        return result;
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
