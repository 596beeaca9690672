package org.altmin.solvers.bcd;

/** The updates of one formulation, for blocks of one number of samples. */
interface Sweep {

    /** Sets V and U to the forward pass, and the images. */
    void start(Block block);

    /** Computes the images anew. */
    void refresh(Block block);

    /**
     * Updates every block of variables once, the weights included.
     *
     * @param growth what every α has been multiplied with since the start
     */
    Totals run(Block block, double growth);
}
