/** The built-in losses. Each class gives its formulas, bounds and source. */
package org.altmin.losses;
