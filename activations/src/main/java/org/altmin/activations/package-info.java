/** The built-in activations. Each class gives its formulas, bounds and source. */
package org.altmin.activations;
