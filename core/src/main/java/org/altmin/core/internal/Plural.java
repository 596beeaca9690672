package org.altmin.core.internal;

/** Nouns behind numbers. */
public final class Plural {

    private Plural() {
    }

    /** The noun itself for one, and with an s for any other number. */
    public static String of(String noun, long count) {
        return count == 1 ? noun : noun + "s";
    }
}
