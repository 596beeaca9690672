package org.altmin.core.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.TrainingResult;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;

/**
 * summary.json: how a run ended.
 *
 * @param solver its name
 * @param backend its name
 * @param iterations made
 * @param seconds of training, evaluation excluded
 * @param secondsPerIteration the median over the iterations, evaluation excluded
 * @param scores of the final network
 * @param objective the final one; NaN if the solver has none
 * @param peakMemoryBytes see {@link PeakMemory}
 * @param more further fields, written behind these: numbers, texts, and maps of them
 */
public record Summary(String solver, String backend, Precision precision, long iterations, double seconds,
        double secondsPerIteration, Scores scores, double objective, long peakMemoryBytes, long seed,
        Map<String, ?> more) {

    /**
     * Of a training that has just ended, with the process's peak memory until now.
     *
     * @param result of at least one step
     */
    public static Summary of(String solver, LinearAlgebra la, TrainingResult result, Scores.Measure measure,
            long seed) {
        IterationRecord last = result.last();
        PeakMemory memory = PeakMemory.measure();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("peakMemorySource", memory.source().label());
        more.put("backendPeakBytes", la.peakBytes());
        more.put("stopped", result.reason().label());
        return new Summary(solver, la.name(), la.precision(), last.iteration(), last.seconds(),
                result.secondsPerIteration(), Scores.of(measure, last.train(), last.test()),
                last.report().objective(), memory.bytes(), seed, more);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("solver", solver);
        json.put("backend", backend);
        json.put("precision", precision.name().toLowerCase(Locale.ROOT));
        json.put("iterations", iterations);
        json.put("seconds", seconds);
        json.put("secondsPerIteration", secondsPerIteration);
        scores.writeTo(json);
        json.put("objective", objective);
        json.put("peakMemoryBytes", peakMemoryBytes);
        json.put("seed", seed);
        more.forEach(json::putIfAbsent);
        return json;
    }
}
