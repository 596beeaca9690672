/** Samples on the host, datasets and the SPI of their readers. */
package org.altmin.core.data;
