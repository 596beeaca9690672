package org.altmin.linalg.openblas.internal;

/**
 * How a library likes large products to be divided.
 *
 * @param mostSums into how many partial sums of a small result at most
 * @param halvesSums whether these are better divided by columns too, where they are long
 * @param stripe into stripes of how many columns A Aᵀ is divided; 0 if OpenBLAS computes it faster as a whole
 * @param slowTransposed whether Aᵀ is multiplied so much more slowly than A that for a long B it pays to transpose A
 *     first
 */
public record Tiling(int mostSums, boolean halvesSums, int stripe, boolean slowTransposed) {
}
