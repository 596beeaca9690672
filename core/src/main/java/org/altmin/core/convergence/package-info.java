/**
 * What a run shows of its convergence, in the terms of am-convergence-rate.md: sufficient decrease, tail rates with the
 * Kurdyka-Łojasiewicz exponent they imply, and the steps' own decay.
 */
package org.altmin.core.convergence;
