package org.altmin.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.Matrix;
import org.altmin.testkit.reference.Dense;

/** Solver states kept in memory, for tests. */
public final class StateArchives {

    private StateArchives() {
    }

    /** Everything a state shows to an archive, as it is now. */
    public static Saved save(SolverState state) {
        Saved saved = new Saved();
        state.archive(saved.writer());
        return saved;
    }

    /** A state's contents by name. */
    public static final class Saved {

        private final Map<String, Dense> matrices = new LinkedHashMap<>();
        private final Map<String, Number> values = new LinkedHashMap<>();

        private Saved() {
        }

        /** The matrices by name. */
        public Map<String, Dense> matrices() {
            return matrices;
        }

        /** The numbers, Double or Long, by name. */
        public Map<String, Number> values() {
            return values;
        }

        /**
         * Overwrites the contents of a state.
         *
         * @throws IllegalStateException if the state asks for something else than was saved
         */
        public void restore(SolverState state) {
            Reader reader = new Reader();
            state.archive(reader);
            if (reader.asked != matrices.size() + values.size()) {
                throw new IllegalStateException("the state asked for " + reader.asked + " entries, but "
                        + (matrices.size() + values.size()) + " were saved");
            }
        }

        private StateArchive writer() {
            return new Writer();
        }

        private final class Writer implements StateArchive {

            @Override
            public void matrix(String name, Matrix matrix) {
                requireNew(name);
                matrices.put(name, Dense.of(matrix));
            }

            @Override
            public double number(String name, double value) {
                requireNew(name);
                values.put(name, value);
                return value;
            }

            @Override
            public long integer(String name, long value) {
                requireNew(name);
                values.put(name, value);
                return value;
            }

            private void requireNew(String name) {
                if (matrices.containsKey(name) || values.containsKey(name)) {
                    throw new IllegalStateException("the state archives '" + name + "' twice");
                }
            }
        }

        private final class Reader implements StateArchive {

            private int asked;

            @Override
            public void matrix(String name, Matrix matrix) {
                Dense stored = required(name, matrices.get(name));
                if (stored.rows() != matrix.rows() || stored.columns() != matrix.columns()) {
                    throw new IllegalStateException("'" + name + "' was saved as " + stored + " and is restored to "
                            + matrix.shape());
                }
                matrix.owner().upload(stored.values(), matrix);
            }

            @Override
            public double number(String name, double value) {
                return (Double) required(name, values.get(name));
            }

            @Override
            public long integer(String name, long value) {
                return (Long) required(name, values.get(name));
            }

            private <T> T required(String name, T stored) {
                asked++;
                if (stored == null) {
                    throw new IllegalStateException("the state asks for '" + name + "', which was not saved");
                }
                return stored;
            }
        }
    }
}
