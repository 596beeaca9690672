/** Finding, loading and calling OpenBLAS. */
package org.altmin.linalg.openblas.internal;
