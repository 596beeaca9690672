package org.altmin.core.step;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts beforehand what the matrices of a {@link Workspace} with one column a sample will take: those of the same name
 * and rows are one.
 */
public final class WorkspaceRows {

    private record Key(String name, int rows) {
    }

    private final Set<Key> matrices = new HashSet<>();
    private long total;

    public void add(String name, int rows) {
        if (matrices.add(new Key(name, rows))) {
            total += rows;
        }
    }

    /** The rows of all matrices. */
    public long total() {
        return total;
    }
}
