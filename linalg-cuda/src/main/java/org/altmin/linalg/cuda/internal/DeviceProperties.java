package org.altmin.linalg.cuda.internal;

/**
 * A device.
 *
 * @param capability major × 10 + minor of its compute capability, such as 90
 * @param multiprocessors how many streaming multiprocessors it has
 */
record DeviceProperties(String name, int capability, int multiprocessors) {
}
