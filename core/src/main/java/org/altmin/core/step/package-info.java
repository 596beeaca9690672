/**
 * What several solvers share: the variables of a network split into layers, and the subproblem steps that move them,
 * each in its cheapest exact form: weight steps and state steps of quadratic penalties, and proximal steps of the loss.
 * Workspace is allocated when a step is created, never in it.
 */
package org.altmin.core.step;
