package org.altmin.linalg.cuda.internal;

import java.util.List;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Reduction;

/**
 * All that the source of a kernel depends on; equal variants share their compiled code.
 *
 * @param reduction of the one output along rows or columns; null where outputs are matrices
 * @param input the type of the inputs' elements
 * @param output the type of the outputs' elements
 * @param inputs how each input spans the elements
 * @param lanes elements that a thread takes at a time
 * @param aligned whether all addresses allow vectors of {@code lanes} elements to be read and written at once
 * @param evenRows whether the number of rows is a multiple of {@code lanes}
 * @param wide whether indices need 64 bits
 * @param group threads that share a column (or, along rows, rows that share a block)
 * @param threads threads of a block
 * @param perThread elements of a column that one thread holds
 */
record KernelVariant(Kernel kernel, Form form, Reduction reduction, Real input, Real output, List<Broadcast> inputs,
        int lanes, boolean aligned, boolean evenRows, boolean wide, int group, int threads, int perThread) {

    KernelVariant {
        inputs = List.copyOf(inputs);
    }

    /** The type of the registers. */
    Real register() {
        return kernel.inDouble() ? Real.DOUBLE : input;
    }

    boolean reducesToOutput() {
        return reduction != null;
    }
}
