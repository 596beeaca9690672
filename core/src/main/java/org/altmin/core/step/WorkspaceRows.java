package org.altmin.core.step;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts beforehand what matrices with one column a sample will take: of those of a {@link Workspace} the ones of the
 * same name and rows are one. Steps count with it what their constructors allocate, but for matrices without samples.
 */
public final class WorkspaceRows {

    private record Key(String name, int rows) {
    }

    private final Set<Key> matrices = new HashSet<>();
    private long total;

    /** A matrix of the workspace. */
    public void add(String name, int rows) {
        if (matrices.add(new Key(name, rows))) {
            total += rows;
        }
    }

    /** A matrix that is not shared. */
    public void addOwn(int rows) {
        total += rows;
    }

    /** The rows of all matrices. */
    public long total() {
        return total;
    }
}
