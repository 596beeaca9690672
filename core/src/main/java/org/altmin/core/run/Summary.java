package org.altmin.core.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
