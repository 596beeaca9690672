/** Downloads that can be continued and are checked before they are used. */
package org.altmin.datasets.internal.download;
