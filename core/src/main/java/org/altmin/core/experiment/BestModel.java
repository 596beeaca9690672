package org.altmin.core.experiment;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.altmin.core.network.Weights;

/**
 * The best weights so far: kept in memory, and written when the last writing is {@value #SECONDS_BETWEEN_WRITINGS}
 * seconds ago, before a checkpoint, and at the end, however that comes. What a killed process loses are the
 * improvements of those seconds; writing each of them would take longer than the steps of a small network.
 */
final class BestModel implements AutoCloseable {

    private static final int SECONDS_BETWEEN_WRITINGS = 5;
    private static final long BETWEEN_WRITINGS = SECONDS_BETWEEN_WRITINGS * 1_000_000_000L;

    private final Weights weights;
    private final Consumer<Weights> writing;
    private final LongSupplier nanoTime;
    private long written;
    private boolean unwritten;

    /**
     * @param weights room for them
     * @param writing writes them, in place of those before
     */
    BestModel(Weights weights, Consumer<Weights> writing, LongSupplier nanoTime) {
        this.weights = weights;
        this.writing = writing;
        this.nanoTime = nanoTime;
        written = nanoTime.getAsLong() - BETWEEN_WRITINGS;
    }

    /** Takes over better weights. */
    void improve(Weights better) {
        weights.set(better);
        unwritten = true;
        writeIfDue();
    }

    /** Writes improvements that have waited long enough. */
    void writeIfDue() {
        if (nanoTime.getAsLong() - written >= BETWEEN_WRITINGS) {
            write();
        }
    }

    /** Writes improvements not written yet. */
    void write() {
        if (unwritten) {
            writing.accept(weights);
            unwritten = false;
            written = nanoTime.getAsLong();
        }
    }

    @Override
    public void close() {
        write();
    }
}
