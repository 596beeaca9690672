/** Plain implementations in nested loops, written to be obviously right: what the contracts compare with. */
package org.altmin.testkit.reference;
