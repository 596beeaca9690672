package org.altmin.linalg.spi;

/** Where a backend keeps the elements of a matrix. A backend implements it and recognises its own. */
public interface Buffer {

    /** How many elements it holds. */
    long length();
}
