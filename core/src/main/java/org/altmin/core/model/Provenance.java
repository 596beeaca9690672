package org.altmin.core.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a model came about, without anything that differs between two runs of the same command.
 *
 * @param altminVersion of the altmin that trained it
 * @param dataset the name of the dataset
 * @param origin where its samples come from; see {@link org.altmin.core.data.Dataset#origin()}
 * @param solver the name of the solver
 * @param settings of the solver, sorted by name
 * @param seed of everything random
 */
public record Provenance(String altminVersion, String dataset, String origin, String solver,
        Map<String, String> settings, long seed) {

    public Provenance {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }
}
