package org.altmin.linalg.cuda.internal;

/** How a kernel's elements are divided among threads. */
enum Form {
    /** Every thread takes vectors of neighbouring elements; elements do not depend on each other. */
    ELEMENTS,
    /** Blocks of rows by chunks of columns; partial reductions along the rows, then the reduction of these. */
    ALONG_ROWS,
    /** A group of threads for each column; the reduction along it. */
    ALONG_COLUMNS,
    /** A group of threads for each column, which holds the whole column in registers. */
    COUPLED
}
