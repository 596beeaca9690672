/** Matrices, products, elementwise kernels and the expression language. */
package org.altmin.linalg;
