package org.altmin.gpucheck;

/**
 * One check.
 *
 * @param wanted what it should give; empty where nothing is wanted of a figure
 * @param measured what it gave
 */
record Row(String check, String wanted, String measured, Verdict verdict) {

    static Row judged(String check, String wanted, String measured, boolean reached) {
        return new Row(check, wanted, measured, Verdict.of(reached));
    }

    /** A figure of speed, which says nothing at small sizes. */
    static Row speed(String check, String wanted, String measured, boolean reached) {
        return new Row(check, wanted, measured, Options.small() ? Verdict.MEASURED : Verdict.of(reached));
    }

    static Row figure(String check, String measured) {
        return new Row(check, "", measured, Verdict.MEASURED);
    }

    static Row failed(String check, String wanted, String why) {
        return new Row(check, wanted, why, Verdict.FAILED);
    }

    static Row notMeasured(String check, String why) {
        return new Row(check, "", why, Verdict.NOT_MEASURED);
    }
}
