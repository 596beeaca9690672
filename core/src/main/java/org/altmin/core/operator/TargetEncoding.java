package org.altmin.core.operator;

/**
 * How a loss wants its targets.
 *
 * @param on the entry of a sample's own class; unused for regression
 * @param off the entry of every other class
 */
public record TargetEncoding(Kind kind, double on, double off) {

    /** Classes or real values. */
    public enum Kind {
        CLASSES,
        VALUES
    }

    /** 1 for the class, 0 elsewhere; smoothed: 1 − s + s/K and s/K. */
    public static TargetEncoding oneHot() {
        return new TargetEncoding(Kind.CLASSES, 1, 0);
    }

    /** 1 for the class, −1 elsewhere. */
    public static TargetEncoding signs() {
        return new TargetEncoding(Kind.CLASSES, 1, -1);
    }

    /** Real values as they are; class labels, where that is all there is, one-hot. */
    public static TargetEncoding values() {
        return new TargetEncoding(Kind.VALUES, 1, 0);
    }

    /** The entry for class {@code row} of a sample of class {@code label}, with label smoothing s among K classes. */
    public double entry(int row, int label, double smoothing, int classes) {
        double weight = (row == label ? 1 - smoothing : 0) + smoothing / classes;
        return off + (on - off) * weight;
    }
}
