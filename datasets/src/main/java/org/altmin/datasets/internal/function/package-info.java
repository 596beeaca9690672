/** Samples of known functions. */
package org.altmin.datasets.internal.function;
