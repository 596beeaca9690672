/** The GPU backend. */
package org.altmin.linalg.cuda;
