package org.altmin.linalg.openblas.internal;

/**
 * How a library likes large products to be divided.
 *
 * @param width columns that a tile of the result has at least, where there are enough
 * @param widest columns that it has at most, or little more
 * @param tallest rows that it has at most, or little more
 * @param mostSums into how many partial sums of a small result at most
 * @param sumWidth columns of these, where they are long; 0 if they are better not divided
 * @param stripe into stripes of how many columns A Aᵀ is divided; 0 if OpenBLAS computes it faster as a whole
 * @param slowTransposed whether Aᵀ is multiplied so much more slowly than A that for a long B it pays to transpose A
 *     first
 */
public record Tiling(int width, int widest, int tallest, int mostSums, int sumWidth, int stripe,
        boolean slowTransposed) {
}
