package org.altmin.core.operator;

import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Specification;
import org.altmin.linalg.spi.Named;

/**
 * What activations, losses and regularisers have in common. An operator is immutable; the instance the registry holds
 * has the default settings, {@link #with} gives others.
 *
 * <p>Its expressions may iterate, so what is passed to its methods holds no {@linkplain org.altmin.linalg.Expr#state
 * state} of an iteration around the call.
 */
public interface Operator<T extends Operator<T>> extends Named {

    /** The settings it accepts; none by default. */
    default List<Setting> settings() {
        return List.of();
    }

    /** What was given to {@link #with}, or the defaults: enough to make the same operator again. */
    default Map<String, String> values() {
        return Map.of();
    }

    /**
     * The operator with these settings.
     *
     * @throws org.altmin.linalg.AltminException if a setting is unknown or its value does not fit
     */
    T with(Map<String, String> given);

    /** {@code name(setting=value,...)}, which {@link Operators} turns into the same operator again. */
    default String specification() {
        return new Specification(name(), values()).toString();
    }
}
