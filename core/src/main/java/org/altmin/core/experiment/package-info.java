/** A run from its configuration: which network, data, solver and backend, all by name. */
package org.altmin.core.experiment;
