/** The provider of the backend {@code openblas}. */
package org.altmin.linalg.openblas;
