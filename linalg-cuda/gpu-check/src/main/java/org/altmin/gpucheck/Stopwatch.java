package org.altmin.gpucheck;

import java.util.Arrays;
import org.altmin.linalg.LinearAlgebra;

/** Times work of a backend that may go on after a call has returned. */
final class Stopwatch {

    private static final double LEAST_SECONDS = 0.02;
    private static final int ROUNDS = 7;

    private Stopwatch() {
    }

    /** Median seconds of one run, over rounds of as many runs as take 20 ms, after one round to warm up. */
    static double median(LinearAlgebra la, Runnable work) {
        work.run();
        double once = seconds(la, work, 1);
        int runs = (int) Math.max(1, Math.ceil(LEAST_SECONDS / Math.max(once, 1e-6)));
        seconds(la, work, runs);
        double[] rounds = new double[ROUNDS];
        for (int k = 0; k < ROUNDS; k++) {
            rounds[k] = seconds(la, work, runs) / runs;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private static double seconds(LinearAlgebra la, Runnable work, int runs) {
        la.synchronize();
        long start = System.nanoTime();
        for (int k = 0; k < runs; k++) {
            work.run();
        }
        la.synchronize();
        return (System.nanoTime() - start) * 1e-9;
    }
}
