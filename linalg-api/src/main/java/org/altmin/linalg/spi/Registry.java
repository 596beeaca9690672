package org.altmin.linalg.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.altmin.linalg.AltminException;

/**
 * The services of one kind by name. The caller passes the {@link ServiceLoader}, since a module may only load what it
 * {@code uses}.
 */
public final class Registry<T extends Named> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final String kind;
    private final Map<String, T> byName;

    private Registry(String kind, Map<String, T> byName) {
        this.kind = kind;
        this.byName = byName;
    }

    /**
     * @param kind what one such service is called in messages, such as "activation"
     * @throws AltminException if a service cannot be created, has an invalid name, or shares its name with another
     */
    public static <T extends Named> Registry<T> of(String kind, ServiceLoader<T> loader) {
        List<T> found = new ArrayList<>();
        try {
            loader.forEach(found::add);
        } catch (ServiceConfigurationError e) {
            throw new AltminException("An installed " + kind + " cannot be loaded: " + e.getMessage()
                    + "; remove its jar or mend its META-INF/services entry.", e);
        }
        return of(kind, found);
    }

    public static <T extends Named> Registry<T> of(String kind, Collection<? extends T> services) {
        Map<String, T> byName = new TreeMap<>();
        for (T service : services) {
            if (!NAME.matcher(service.name()).matches()) {
                throw new AltminException("The " + kind + " " + service.getClass().getName() + " is named '"
                        + service.name() + "', but names are lower-case letters, digits and hyphens.");
            }
            T other = byName.putIfAbsent(service.name(), service);
            if (other != null && other.getClass() != service.getClass()) {
                throw new AltminException("Two installed jars both provide the " + kind + " '" + service.name() + "': "
                        + other.getClass().getName() + " and " + service.getClass().getName() + "; remove one.");
            }
        }
        return new Registry<>(kind, Collections.unmodifiableMap(byName));
    }

    /** Sorted by name. */
    public Collection<T> all() {
        return byName.values();
    }

    /** @throws AltminException if there is none of that name; the message lists what there is */
    public T get(String name) {
        T service = byName.get(name);
        if (service == null) {
            String meant = NearMiss.hint(name, byName.keySet());
            throw new AltminException("There is no " + kind + " '" + name + "'" + meant + "; " + (byName.isEmpty()
                    ? "none is installed: put a jar that provides it on the module path or class path."
                    : "installed: " + String.join(", ", byName.keySet()) + (meant.isEmpty()
                    ? "; if a jar of its own provides it, put that on the module path (ALTMIN_PATH of the command "
                    + "altmin) or class path." : ".")));
        }
        return service;
    }
}
