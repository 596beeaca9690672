/** File formats that several datasets share. */
package org.altmin.datasets.format;
