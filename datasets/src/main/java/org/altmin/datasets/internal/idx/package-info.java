/** Datasets in the format and file naming of MNIST. */
package org.altmin.datasets.internal.idx;
