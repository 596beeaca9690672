package org.altmin.core.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of metrics.jsonl.
 *
 * @param iteration counted from 1; 0 is the start
 * @param seconds of training since the run began, evaluation excluded
 * @param objective after the iteration; NaN if the solver has none
 * @param primalResidual after the iteration; NaN if the solver has none
 * @param scores after the iteration; NaN where not evaluated
 * @param more further fields, written behind these: numbers, texts, and maps of them
 */
public record Metrics(long iteration, double seconds, double objective, double primalResidual, Scores scores,
        Map<String, ?> more) {

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("iteration", iteration);
        json.put("seconds", seconds);
        json.put("objective", objective);
        json.put("primalResidual", primalResidual);
        scores.writeTo(json);
        more.forEach(json::putIfAbsent);
        return json;
    }
}
