package org.altmin.linalg.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5000", "10, 3001", "1000, 3", "1024, 2", "1025, 3", "2049, 2", "100000, 1", "16, 64",
        "7, 0", "0, 7"})
    void chunksFollowOneAnotherAndCoverEveryElementOnce(int rows, int columns) {
        for (Grid grid : new Grid[] {Grid.of(rows, columns, 1024), Grid.wholeColumns(rows, columns, 1024)}) {
            long next = 0;
            Span span = new Span();
            for (int chunk = 0; chunk < grid.chunks(); chunk++) {
                span.set(grid, chunk);
                assertThat((long) span.firstElement()).isEqualTo(next);
                assertThat(span.count()).isBetween(1, grid.width());
                assertThat(span.rows() == rows || span.columns() == 1).isTrue();
                next += span.count();
            }
            assertThat(next).isEqualTo((long) rows * columns);
        }
    }

    @Test
    void onlyShortColumnsAreWorthTheChangeOfOrder() {
        assertThat(Grid.of(10, 1000, 1024).preferringRows().byRows()).isTrue();
        assertThat(Grid.of(10, 5, 1024).preferringRows().byRows()).isFalse();
        assertThat(Grid.of(1, 5000, 1024).preferringRows().byRows()).isFalse();
        assertThat(Grid.of(1000, 1000, 1024).preferringRows().byRows()).isFalse();
    }
}
