/** The solver SPI: a solver is a stepper over an explicit state. */
package org.altmin.core.solver;
