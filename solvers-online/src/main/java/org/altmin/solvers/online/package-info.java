/** Online alternating minimisation: targets by a backward sweep on mini-batches, weights by Gram steps with memory. */
package org.altmin.solvers.online;
