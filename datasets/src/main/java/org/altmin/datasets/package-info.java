/** The built-in dataset readers and generators; see {@link org.altmin.core.data.Datasets}. */
package org.altmin.datasets;
