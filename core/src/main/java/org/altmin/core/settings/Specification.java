package org.altmin.core.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.altmin.linalg.AltminException;

/**
 * A name with settings, as users write it: {@code relu}, {@code leaky-relu(slope=0.1)},
 * {@code elastic-net(l1=0.1, l2=0.2)}.
 */
public record Specification(String name, Map<String, String> settings) {

    public Specification {
        settings = Map.copyOf(settings);
    }

    /** @throws AltminException if the text is not of this form */
    public static Specification parse(String text) {
        String trimmed = text.strip();
        int open = trimmed.indexOf('(');
        if (open < 0) {
            return new Specification(trimmed, Map.of());
        }
        if (!trimmed.endsWith(")")) {
            throw invalid(text);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        String inner = trimmed.substring(open + 1, trimmed.length() - 1);
        for (String pair : inner.isBlank() ? new String[0] : inner.split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw invalid(text);
            }
            String key = pair.substring(0, equals).strip();
            if (settings.put(key, pair.substring(equals + 1).strip()) != null) {
                throw new AltminException("'" + text + "' gives the setting '" + key + "' twice.");
            }
        }
        return new Specification(trimmed.substring(0, open).strip(), settings);
    }

    /** The text that {@link #parse} reads, settings sorted by name. */
    @Override
    public String toString() {
        return settings.isEmpty() ? name : name + settings.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(",", "(", ")"));
    }

    private static AltminException invalid(String text) {
        return new AltminException("'" + text + "' is not of the form name or name(setting=value,...).");
    }
}
