/** Networks, their weights, initialisers, and the problem a solver is given. */
package org.altmin.core.network;
