/** The built-in regularisers. Each class gives its formulas, bounds and source. */
package org.altmin.regularizers;
