package org.altmin.linalg.cuda.internal;

import java.util.BitSet;
import jcuda.driver.CUfunction;
import org.altmin.linalg.Kernel;

/**
 * A loaded variant of a kernel.
 *
 * @param finish the reduction of partial results along rows, or null
 * @param inputs which inputs its arguments hold
 */
record CompiledKernel(CUfunction main, CUfunction finish, BitSet inputs) {

    static CompiledKernel of(CudaContext context, KernelVariant variant) {
        Kernel kernel = variant.kernel();
        String code = KernelSource.of(variant);
        CUfunction main = context.function(code, KernelSource.ENTRY);
        CUfunction finish = variant.form() == Form.ALONG_ROWS ? context.function(code, KernelSource.FINISH) : null;
        return new CompiledKernel(main, finish, KernelProgram.inputs(kernel));
    }
}
