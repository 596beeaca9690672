/** Block coordinate descent solvers. */
package org.altmin.solvers.bcd;
