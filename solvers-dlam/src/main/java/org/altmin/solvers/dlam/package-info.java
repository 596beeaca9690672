/** DLAM solvers: alternating minimisation with inverted activation bounds. */
package org.altmin.solvers.dlam;
