/** The pure-Java backend. */
package org.altmin.linalg.cpu;
