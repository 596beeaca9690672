package org.altmin.linalg.spi;

/** A service that users pick by name. */
public interface Named {

    /** Lower-case letters, digits and hyphens, beginning with a letter. */
    String name();

    /** One line for {@code altmin list}. */
    String description();
}
