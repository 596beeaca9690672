/** Plain implementations in nested loops, written to be obviously right: what contracts and solvers are held against. */
package org.altmin.testkit.reference;
