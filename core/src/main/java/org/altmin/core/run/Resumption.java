package org.altmin.core.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One line of resumptions.jsonl: that a run went on.
 *
 * @param iteration after which
 * @param before the configuration up to there
 * @param now the configuration from there
 * @param environment from there
 */
public record Resumption(long iteration, Map<String, String> before, Map<String, String> now,
        Environment environment) {

    Map<String, Object> json() {
        Map<String, Object> changed = new LinkedHashMap<>();
        now.forEach((key, value) -> {
            if (!Objects.equals(value, before.get(key))) {
                Map<String, Object> change = new LinkedHashMap<>();
                change.put("before", before.get(key));
                change.put("now", value);
                changed.put(key, change);
            }
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("iteration", iteration);
        json.put("settings", changed);
        json.put("environment", environment.json());
        return json;
    }
}
