package org.altmin.gpucheck;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a row of the table says. */
enum Verdict {
    OK("ok"),
    FAILED("failed"),
    NOT_MEASURED("not measured"),
    /** A figure that nothing is wanted of. */
    MEASURED("measured");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    static Verdict of(boolean reached) {
        return reached ? OK : FAILED;
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
