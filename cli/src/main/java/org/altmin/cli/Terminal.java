package org.altmin.cli;

/** What is known of where the output goes. */
final class Terminal {

    private static final String CLEAR_LINE = "\r\u001B[2K";

    private Terminal() {
    }

    /** Whether lines can be written over. */
    static boolean isOne() {
        return System.console() != null && !"dumb".equals(System.getenv("TERM"));
    }

    /** What makes the line empty and begins it anew. */
    static String clearLine() {
        return CLEAR_LINE;
    }
}
