package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Allocation, release, closing. */
abstract class LifecycleChecks {

    private final LinearAlgebraContract contract;

    LifecycleChecks(LinearAlgebraContract contract) {
        this.contract = contract;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void countsBytes(Precision precision) {
        try (LinearAlgebra la = contract.open(precision)) {
            Matrix a = la.allocate(10, 7);
            la.allocate(0, 3);
            assertThat(la.allocatedBytes()).isEqualTo(70L * precision.bytes());
            la.release(a);
            assertThat(la.allocatedBytes()).isZero();
            assertThat(la.peakBytes()).isEqualTo(70L * precision.bytes());
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void givesZerosEvenWhereMemoryIsReused(Precision precision) {
        try (LinearAlgebra la = contract.open(precision)) {
            for (int round = 0; round < 5; round++) {
                Matrix a = la.allocate(33, 1000);
                assertThat(la.toArray(a)).containsOnly(0);
                la.fill(a, 7);
                la.release(a);
            }
        }
    }

    @Test
    void refusesWhatDoesNotFitIntoMemory() {
        try (LinearAlgebra la = contract.open(Precision.FLOAT32)) {
            la.requireMemory(Float.BYTES, "one element", List.of("none"));
            assertThatThrownBy(() -> la.requireMemory(1L << 52, "the whole world", List.of("less of it")))
                    .isInstanceOf(AltminException.class).hasMessageContaining("the whole world")
                    .hasMessageContaining(la.name()).hasMessageEndingWith("; use less of it.");
        }
    }

    @Test
    void refusesAReleasedMatrix() {
        try (LinearAlgebra la = contract.open(Precision.FLOAT32)) {
            Matrix a = la.allocate(2, 3);
            Matrix view = a.columns(1, 2);
            la.release(a);
            assertThatThrownBy(() -> la.fill(a, 1)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("2x3").hasMessageContaining("released");
            assertThatThrownBy(() -> la.toArray(view)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> la.release(a)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesAMatrixOfAnother() {
        try (LinearAlgebra la = contract.open(Precision.FLOAT32); LinearAlgebra other = contract.open(
                Precision.FLOAT32)) {
            Matrix foreign = other.allocate(2, 3);
            assertThatThrownBy(() -> la.fill(foreign, 1)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2x3");
            assertThatThrownBy(() -> la.release(foreign)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesToReleaseAView() {
        try (LinearAlgebra la = contract.open(Precision.FLOAT32)) {
            Matrix view = la.allocate(2, 3).columns(0, 3);
            assertThatThrownBy(() -> la.release(view)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesUseAfterClose() {
        LinearAlgebra la = contract.open(Precision.FLOAT64);
        Matrix a = la.allocate(2, 2);
        Cholesky cholesky = la.cholesky(2);
        la.close();
        assertThatThrownBy(() -> la.fill(a, 1)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed").hasMessageContaining(la.name());
        assertThatThrownBy(() -> la.allocate(1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> la.cholesky(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cholesky.factor(a, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(la::synchronize).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(la::close).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAClosedFactorisation() {
        try (LinearAlgebra la = contract.open(Precision.FLOAT64)) {
            Matrix a = la.of(1, 1, 4);
            Cholesky cholesky = la.cholesky(1);
            cholesky.factor(a, 0);
            cholesky.close();
            assertThatThrownBy(() -> cholesky.solveLeft(a)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> cholesky.factor(a, 0)).isInstanceOf(IllegalStateException.class);
        }
    }
}
