package org.altmin.cli.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.altmin.cli.reproduce.PaperTable.Entry;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The resources are complete, and what they ask for exists; nothing is trained. */
class PaperTablesTest {

    static Stream<PaperTable> tables() {
        return PaperTables.all().stream();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everySettingIsAccepted(PaperTable table) {
        for (String size : List.of("quick", "full")) {
            Plan plan = Plan.of(table, Map.of("size", size));
            assertThat(plan.cells()).isNotEmpty();
            assertThatCode(plan::checkSettings).as(table.name() + " " + size).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void thePapersValuesHaveTheirPlaces(PaperTable table) {
        assertThat(table.title()).isNotBlank();
        assertThat(table.source()).isNotBlank();
        assertThat(table.quick().time()).isNotBlank();
        assertThat(table.full().time()).isNotBlank();
        for (Entry row : table.rows()) {
            int places = table.isGrid() ? table.columns().size() : table.figures().size();
            if (table.isGrid()) {
                assertThat(row.paper()).as(row.name()).hasSize(places);
            } else {
                assertThat(row.paper().size()).as(row.name()).isLessThanOrEqualTo(places);
            }
            List<String> columns = table.columns().stream().map(Entry::name).toList();
            assertThat(columns).as(row.name()).containsAll(row.in().keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void sizesNameRowsAndColumnsThatExist(PaperTable table) {
        List<String> rows = table.rows().stream().map(Entry::name).toList();
        List<String> columns = table.columns().stream().map(Entry::name).toList();
        List<String> cells = Plan.of(table, Map.of("size", "full")).cells().stream().map(Cell::name).toList();
        assertThat(cells).doesNotHaveDuplicates();
        for (PaperTable.Size size : List.of(table.quick(), table.full())) {
            assertThat(rows).containsAll(size.rows());
            assertThat(columns).containsAll(size.columns());
            size.in().keySet().forEach(place -> assertThat(rows.contains(place) || columns.contains(place)
                    || cells.contains(place)).as(place).isTrue());
        }
    }

    @Test
    void anUnknownTableListsThose() {
        assertThatThrownBy(() -> PaperTables.get("table-9")).isInstanceOf(AltminException.class)
                .hasMessageContaining("'table-9'").hasMessageContaining("sigmoid-square");
    }
}
