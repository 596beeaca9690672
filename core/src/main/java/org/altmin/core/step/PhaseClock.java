package org.altmin.core.step;

import java.util.LinkedHashMap;
import java.util.Map;
import org.altmin.linalg.LinearAlgebra;

/** Adds up the wall-clock seconds of the named parts of a step, waiting for the backend at every boundary. */
public final class PhaseClock {

    private final LinearAlgebra la;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long since;

    public PhaseClock(LinearAlgebra la) {
        this.la = la;
    }

    /** Begins a step: all parts at 0. */
    public void start() {
        seconds.clear();
        la.synchronize();
        since = System.nanoTime();
    }

    /** Books the time since the last boundary to a part. */
    public void stop(String part) {
        la.synchronize();
        long now = System.nanoTime();
        seconds.merge(part, (now - since) * 1e-9, Double::sum);
        since = now;
    }

    public Map<String, Double> seconds() {
        return seconds;
    }
}
