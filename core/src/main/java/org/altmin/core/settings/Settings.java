package org.altmin.core.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.spi.NearMiss;

/**
 * Values for the {@link Setting settings} of one owner, checked when created: a key the owner does not have, or a value
 * that is not of the asked type, is an {@link AltminException} that names both. Immutable.
 */
public final class Settings {

    private final String owner;
    private final Map<String, String> values;

    private Settings(String owner, Map<String, String> values) {
        this.owner = owner;
        this.values = values;
    }

    /**
     * @param owner who has the settings, such as "solver 'dladmm'", for messages
     * @throws AltminException if a given key is not among the accepted settings
     */
    public static Settings of(String owner, Collection<Setting> accepted, Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        accepted.forEach(setting -> values.put(setting.name(), setting.defaultValue()));
        for (Map.Entry<String, String> entry : given.entrySet()) {
            if (!values.containsKey(entry.getKey())) {
                String meant = NearMiss.hint(entry.getKey(), values.keySet());
                String there = values.isEmpty() ? "none" : String.join(", ", new TreeMap<>(values).keySet());
                throw new AltminException("The " + owner + " has no setting '" + entry.getKey() + "'"
                        + (meant.isEmpty() ? "; it has " + there : meant) + ".");
            }
            values.put(entry.getKey(), entry.getValue());
        }
        return new Settings(owner, values);
    }

    /** All values in the order of the accepted settings. */
    public Map<String, String> asMap() {
        return new LinkedHashMap<>(values);
    }

    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the " + owner + " does not declare the setting '" + name + "'");
        }
        return value;
    }

    public double number(String name) {
        try {
            double value = Double.parseDouble(text(name));
            if (!Double.isNaN(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, "a number");
        }
        throw invalid(name, "a number");
    }

    /** A number within [from, to]. */
    public double number(String name, double from, double to) {
        double value = number(name);
        if (value < from || value > to) {
            throw invalid(name, to == Double.MAX_VALUE ? "a finite number, at least " + from
                    : "a number from " + from + " to " + to);
        }
        return value;
    }

    /** A number above 0. */
    public double positive(String name) {
        double value = number(name);
        if (!(value > 0) || Double.isInfinite(value)) {
            throw invalid(name, "a number above 0");
        }
        return value;
    }

    public int integer(String name, int from, int to) {
        String wanted = "a whole number from " + from + " to " + to;
        try {
            int value = Integer.parseInt(text(name));
            if (value >= from && value <= to) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, wanted);
        }
        throw invalid(name, wanted);
    }

    public boolean flag(String name) {
        return switch (text(name)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw invalid(name, "true or false");
        };
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String written = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (written.equals(text(name))) {
                return constant;
            }
            names.add(written);
        }
        throw invalid(name, "one of " + String.join(", ", names));
    }

    /** The error for a value that does not fit. */
    public AltminException invalid(String name, String wanted) {
        return new AltminException("The setting '" + name + "' of the " + owner + " must be " + wanted + ", not '"
                + text(name) + "'.");
    }
}
