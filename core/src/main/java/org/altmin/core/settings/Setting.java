package org.altmin.core.settings;

/**
 * One setting that an operator, solver or dataset accepts.
 *
 * @param name lower-case with hyphens
 * @param defaultValue what holds when it is not given, as text
 * @param description one line, with unit and allowed values
 */
public record Setting(String name, String defaultValue, String description) {
}
