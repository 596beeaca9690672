package org.altmin.core.step;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts beforehand what matrices will take that have one column a sample, where one {@link Workspace} serves several
 * numbers of samples: matrices of the same name and shape are one.
 */
public final class WorkspaceElements {

    private final Map<Integer, WorkspaceRows> rows = new HashMap<>();

    /** Counts the matrices of that many columns. */
    public WorkspaceRows ofColumns(int columns) {
        return rows.computeIfAbsent(columns, key -> new WorkspaceRows());
    }

    /** The elements of all matrices. */
    public long total() {
        return rows.entrySet().stream().mapToLong(each -> each.getKey() * each.getValue().total()).sum();
    }
}
