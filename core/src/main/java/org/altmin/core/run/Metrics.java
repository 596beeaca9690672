package org.altmin.core.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.altmin.core.solver.StepReport;
import org.altmin.core.train.IterationRecord;

/**
 * One line of metrics.jsonl.
 *
 * @param iteration counted from 1
 * @param seconds of training until then, evaluation excluded
 * @param objective after the iteration; NaN if the solver has none
 * @param primalResidual after the iteration; NaN if the solver has none
 * @param scores after the iteration
 * @param more further fields, written behind these: numbers, texts, and maps of them
 */
public record Metrics(long iteration, double seconds, double objective, double primalResidual, Scores scores,
        Map<String, ?> more) {

    /** Everything that is known of a step. */
    public static Metrics of(IterationRecord step, Scores.Measure measure) {
        StepReport report = step.report();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("trainLoss", step.train().loss());
        more.put("testLoss", step.test().loss());
        more.put("dualResidual", report.dualResidual());
        more.put("squaredStep", report.squaredStep());
        more.put("stepSeconds", step.stepSeconds());
        more.put("phase", report.phase());
        more.put("terms", report.terms());
        more.put("innerCounts", report.innerCounts());
        more.put("secondsByPart", report.seconds());
        return new Metrics(step.iteration(), step.seconds(), report.objective(), report.primalResidual(),
                Scores.of(measure, step.train(), step.test()), more);
    }

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
