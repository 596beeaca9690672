package org.altmin.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatrixTest {

    private final LinearAlgebra la = FakeBackend.open();

    @Test
    void columnsAreAView() {
        Matrix matrix = la.of(2, 4, 1, 2, 3, 4, 5, 6, 7, 8);
        Matrix view = matrix.columns(1, 3);
        assertThat(view.shape()).isEqualTo("2x2");
        assertThat(view.offset()).isEqualTo(2);
        assertThat(view.buffer()).isSameAs(matrix.buffer());
        assertThat(la.toArray(view)).containsExactly(3, 4, 5, 6);
        la.fill(view, 0);
        assertThat(la.toArray(matrix)).containsExactly(1, 2, 0, 0, 0, 0, 7, 8);
    }

    @Test
    void viewsNest() {
        Matrix matrix = la.of(1, 5, 1, 2, 3, 4, 5);
        assertThat(la.toArray(matrix.columns(1, 5).columns(1, 3))).containsExactly(3, 4);
        assertThat(matrix.columns(5, 5).size()).isZero();
        assertThat(matrix.columns(0, 5).toString()).isEqualTo("Matrix 1x5");
        assertThat(matrix.owner()).isSameAs(la);
    }

    @Test
    void refusesColumnsItDoesNotHave() {
        Matrix view = la.allocate(2, 5).columns(1, 4);
        for (int[] range : new int[][] {{-1, 2}, {0, 4}, {2, 1}}) {
            assertThatThrownBy(() -> view.columns(range[0], range[1])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(range[0] + " to " + range[1]).hasMessageContaining("2x3");
        }
    }

    @Test
    void countsElementsBeyondInt() {
        assertThat(new Matrix(la, null, 0, 100_000, 100_000, false).size()).isEqualTo(10_000_000_000L);
    }
}
