/** Where a dataset's files are. */
package org.altmin.datasets.internal.location;
