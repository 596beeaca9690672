/** The trainer: everything about a run that is not the algorithm itself. */
package org.altmin.core.train;
