/** Tables of numbers with a label column, and their split into training and test part. */
package org.altmin.datasets.internal.table;
