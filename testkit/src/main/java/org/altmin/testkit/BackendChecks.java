package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** Opens the judged backend once for each precision and frees what a test allocated through it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BackendChecks {

    private static final int BEFORE = 3;
    private static final int BEHIND = 2;

    private final LinearAlgebraContract contract;
    private final Map<Precision, LinearAlgebra> opened = new EnumMap<>(Precision.class);
    private final List<Matrix> allocated = new ArrayList<>();
    private final List<Matrix> surrounded = new ArrayList<>();

    BackendChecks(LinearAlgebraContract contract) {
        this.contract = contract;
    }

    final LinearAlgebraContract contract() {
        return contract;
    }

    final LinearAlgebra la(Precision precision) {
        return opened.computeIfAbsent(precision, contract::open);
    }

    /** A matrix of zeros that is released after the test. */
    final Matrix zeros(Precision precision, int rows, int columns) {
        Matrix matrix = la(precision).allocate(rows, columns);
        allocated.add(matrix);
        return matrix;
    }

    /** A matrix with these elements that is released after the test. */
    final Matrix matrix(Precision precision, Dense elements) {
        Matrix matrix = zeros(precision, elements.rows(), elements.columns());
        la(precision).upload(elements.values(), matrix);
        return matrix;
    }

    /**
     * The same elements in the middle of a larger matrix, as a view with an offset. The NaN around it must still be
     * there when the test ends.
     */
    final Matrix view(Precision precision, Dense elements) {
        int columns = elements.columns();
        Matrix whole = zeros(precision, elements.rows(), columns + BEFORE + BEHIND);
        la(precision).fill(whole, Double.NaN);
        surrounded.add(whole);
        Matrix view = whole.columns(BEFORE, BEFORE + columns);
        la(precision).upload(elements.values(), view);
        return view;
    }

    /** Normal deviates as the precision stores them. */
    static Dense random(Precision precision, int rows, int columns, long seed) {
        return Dense.drawn(rows, columns, new RandomStream(seed)::nextGaussian).rounded(precision);
    }

    /** After each test, and within one that allocates much. */
    @AfterEach
    final void release() {
        List<Matrix> wholes = List.copyOf(surrounded);
        surrounded.clear();
        for (Matrix whole : wholes) {
            LinearAlgebra la = whole.owner();
            int columns = whole.columns();
            assertThat(la.toArray(whole.columns(0, BEFORE))).as("before a view").containsOnly(Double.NaN);
            assertThat(la.toArray(whole.columns(columns - BEHIND, columns))).as("behind a view")
                    .containsOnly(Double.NaN);
        }
        for (Matrix matrix : allocated) {
            matrix.owner().release(matrix);
        }
        allocated.clear();
    }

    @AfterAll
    void close() {
        opened.values().forEach(LinearAlgebra::close);
    }
}
