package org.altmin.cli.reproduce;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.altmin.core.internal.JsonView;
import org.altmin.core.run.Environment;

/**
 * Where the cells of a table ran: the machines, of which there are several if it was resumed elsewhere, and on each the
 * backends by which it computed in which precision.
 */
final class Places {

    private final Map<String, Map<String, Set<String>>> machines = new LinkedHashMap<>();

    /** Reads what {@link #json} gives. */
    static Places of(JsonView json) {
        Places places = new Places();
        json.members().forEach((machine, backends) -> backends.members().keySet().forEach(backend -> backends
                .list(backend).forEach(precision -> places.add(machine, backend, precision.asText()))));
        return places;
    }

    void add(Environment environment) {
        String precision = environment.precision().name().toLowerCase(Locale.ROOT);
        add("altmin " + environment.altmin() + "; JDK " + environment.jdk() + "; " + environment.cpu() + ", "
                + environment.cores() + " cores", environment.backendDescription().replace(", " + precision, ""),
                precision);
    }

    private void add(String machine, String backend, String precision) {
        machines.computeIfAbsent(machine, key -> new LinkedHashMap<>())
                .computeIfAbsent(backend, key -> new LinkedHashSet<>()).add(precision);
    }

    Map<String, ?> json() {
        return machines;
    }

    /** A line of each machine, in which it is named once. */
    List<String> lines() {
        return machines.entrySet().stream().map(machine -> machine.getKey() + "; " + String.join("; ",
                machine.getValue().entrySet().stream()
                        .map(backend -> String.join(" and ", backend.getValue()) + " by " + backend.getKey()).toList())
                + ".").toList();
    }
}
