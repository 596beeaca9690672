package org.altmin.linalg.spi;

/** Whether a provider can be opened here. */
public sealed interface Availability {

    /** It can. {@code detail} says with what. */
    record Available(String detail) implements Availability {
    }

    /** It cannot: what is missing, and how to get it. */
    record Unavailable(String reason, String remedy) implements Availability {
    }
}
