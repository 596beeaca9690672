/** ADMM solvers. */
package org.altmin.solvers.admm;
