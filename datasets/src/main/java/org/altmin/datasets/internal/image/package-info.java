/** Grey images. */
package org.altmin.datasets.internal.image;
