package org.altmin.cli.reproduce;

import java.util.LinkedHashMap;
import java.util.Map;
import org.altmin.core.internal.JsonView;

/**
 * What came out of a cell.
 *
 * @param cell the cell's name
 * @param command its command, by which a resumed run knows whether it would be the same
 * @param trials that were run
 * @param figures by name, in the table's order; empty if it failed
 * @param failure why it failed; empty if it did not
 */
record Outcome(String cell, String command, int trials, Map<String, Value> figures, String failure) {

    static Outcome failed(Cell cell, String why) {
        return new Outcome(cell.name(), cell.command(), cell.trials(), Map.of(), why);
    }

    boolean isFailed() {
        return !failure.isEmpty();
    }

    boolean isOf(Cell other) {
        return cell.equals(other.name()) && command.equals(other.command()) && trials == other.trials();
    }

    Map<String, Object> json() {
        Map<String, Object> values = new LinkedHashMap<>();
        figures.forEach((name, value) -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("mean", value.mean());
            json.put("deviation", value.deviation());
            json.put("text", value.text());
            values.put(name, json);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cell", cell);
        json.put("command", command);
        json.put("trials", trials);
        json.put("figures", values);
        json.put("failure", failure);
        return json;
    }

    static Outcome of(JsonView json) {
        Map<String, Value> figures = new LinkedHashMap<>();
        json.object("figures").members().forEach((name, value) -> figures.put(name, new Value(
                number(value, "mean"), number(value, "deviation"), value.text("text"))));
        return new Outcome(json.text("cell"), json.text("command"), json.integer("trials"), figures,
                json.text("failure"));
    }

    private static double number(JsonView value, String name) {
        return value.has(name) ? value.members().get(name).asNumber() : Double.NaN;
    }
}
