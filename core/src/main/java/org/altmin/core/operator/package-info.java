/**
 * The operator SPI: activations, losses and regularisers that say in the expression language what they are, and the
 * traits by which solvers accept them.
 */
package org.altmin.core.operator;
