package org.altmin.core.data;

/**
 * Training and test samples.
 *
 * @param origin where they come from (files with checksums, or generator and seed), for the record of a run
 * @param preprocessing what is to be applied to the raw features before the network sees them
 */
public record Dataset(String name, Samples train, Samples test, Preprocessing preprocessing, String origin) {
}
