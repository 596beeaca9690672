/** What a linear-algebra backend implements, and the registry by which every altmin service is found. */
package org.altmin.linalg.spi;
