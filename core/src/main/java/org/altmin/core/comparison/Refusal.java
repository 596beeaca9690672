package org.altmin.core.comparison;

/**
 * A run that did not take place.
 *
 * @param reason why, in a sentence
 */
public record Refusal(String solver, long seed, String reason) {
}
