package org.altmin.cli.reproduce;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.altmin.cli.reproduce.PaperTable.Entry;
import org.altmin.core.experiment.MarkdownTable;

/** A table's results in Markdown, the paper's values beside ours; cells that were not run yet are left out. */
final class TableWriter {

    private static final String NOTHING = "–";

    private final Plan plan;
    private final PaperTable table;
    private final Places places;
    private final Map<String, Outcome> outcomes;

    TableWriter(Plan plan, Places places, Collection<Outcome> outcomes) {
        this.plan = plan;
        this.table = plan.table();
        this.places = places;
        this.outcomes = outcomes.stream().collect(Collectors.toMap(Outcome::cell, Function.identity(),
                (first, second) -> second, LinkedHashMap::new));
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# " + table.title() + "\n\n");
        text.append("Source: ").append(table.source()).append(". Size: ").append(plan.size()).append(".\n");
        places.lines().forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        table.notes().forEach(note -> text.append("* ").append(note).append('\n'));
        if (!table.notes().isEmpty()) {
            text.append('\n');
        }
        List<Cell> done = plan.cells().stream().filter(cell -> outcomes.containsKey(cell.name())).toList();
        if (table.isGrid()) {
            text.append("Entries: altmin / paper, ").append(Figure.of(table.figures().get(0)).heading())
                    .append(".\n\n").append(grid(done)).append('\n');
            appendNotes(text, done);
            appendCommands(text, done);
            return text.toString();
        }
        List<Entry> sections = table.columns().isEmpty() ? List.of() : table.columns();
        if (sections.isEmpty()) {
            text.append(list(done)).append('\n');
            appendCommands(text, done);
        }
        for (Entry section : sections) {
            List<Cell> cells = done.stream().filter(cell -> cell.column().equals(section.name())).toList();
            if (!cells.isEmpty()) {
                text.append("## ").append(section.title()).append("\n\n").append(list(cells)).append('\n');
                appendCommands(text, cells);
            }
        }
        return text.toString();
    }

    private MarkdownTable grid(List<Cell> cells) {
        List<Entry> columns = table.columns().stream()
                .filter(column -> cells.stream().anyMatch(cell -> cell.column().equals(column.name()))).toList();
        List<String> header = new ArrayList<>(List.of(table.corner()));
        columns.forEach(column -> header.add(column.title()));
        MarkdownTable grid = new MarkdownTable(header);
        for (Entry row : table.rows()) {
            List<String> entries = new ArrayList<>(List.of(row.title()));
            for (Entry column : columns) {
                entries.add(cells.stream()
                        .filter(cell -> cell.row().equals(row.name()) && cell.column().equals(column.name()))
                        .map(this::gridEntry).findFirst().orElse(NOTHING));
            }
            if (entries.stream().skip(1).anyMatch(entry -> !entry.equals(NOTHING))) {
                grid.row(entries);
            }
        }
        return grid;
    }

    private String gridEntry(Cell cell) {
        Outcome outcome = outcomes.get(cell.name());
        String ours = outcome.isFailed() ? "failed" : outcome.figures().get(table.figures().get(0)).text();
        return cell.paper().isEmpty() ? ours : ours + " / " + cell.paper().get(0);
    }

    private MarkdownTable list(List<Cell> cells) {
        boolean notes = cells.stream().anyMatch(cell -> !note(cell).isEmpty());
        List<String> header = new ArrayList<>(List.of(table.corner()));
        for (int i = 0; i < table.figures().size(); i++) {
            header.add(Figure.of(table.figures().get(i)).heading());
            if (hasPaper(cells, i)) {
                header.add("paper");
            }
        }
        if (notes) {
            header.add("note");
        }
        MarkdownTable list = new MarkdownTable(header);
        for (Cell cell : cells) {
            List<String> entries = new ArrayList<>(List.of(title(cell)));
            for (int i = 0; i < table.figures().size(); i++) {
                Value value = outcomes.get(cell.name()).figures().get(table.figures().get(i));
                entries.add(value == null ? NOTHING : value.text());
                if (hasPaper(cells, i)) {
                    entries.add(paper(cell, i).isEmpty() ? NOTHING : paper(cell, i));
                }
            }
            if (notes) {
                entries.add(note(cell));
            }
            list.row(entries);
        }
        return list;
    }

    private String title(Cell cell) {
        return table.rows().stream().filter(row -> row.name().equals(cell.row())).map(Entry::title).findFirst()
                .orElse(cell.row());
    }

    private String note(Cell cell) {
        Outcome outcome = outcomes.get(cell.name());
        if (!outcome.isFailed()) {
            return cell.note();
        }
        return cell.note().isEmpty() ? outcome.failure() : cell.note() + "; " + outcome.failure();
    }

    private static boolean hasPaper(List<Cell> cells, int figure) {
        return cells.stream().anyMatch(cell -> !paper(cell, figure).isEmpty());
    }

    private static String paper(Cell cell, int figure) {
        return figure < cell.paper().size() ? cell.paper().get(figure) : "";
    }

    private void appendNotes(StringBuilder text, List<Cell> cells) {
        List<Cell> noted = cells.stream().filter(cell -> !note(cell).isEmpty()).toList();
        noted.forEach(cell -> text.append("* ").append(cell.name()).append(": ").append(note(cell)).append('\n'));
        if (!noted.isEmpty()) {
            text.append('\n');
        }
    }

    private static void appendCommands(StringBuilder text, List<Cell> cells) {
        if (cells.isEmpty()) {
            return;
        }
        text.append("```sh\n");
        for (Cell cell : cells) {
            String trials = cell.trials() == 1 ? "" : "    # and the other seeds up to " + cell.trials();
            text.append("./").append(cell.command()).append(trials).append('\n');
        }
        text.append("```\n\n");
    }
}
