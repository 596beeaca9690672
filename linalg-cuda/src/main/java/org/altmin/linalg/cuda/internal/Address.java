package org.altmin.linalg.cuda.internal;

import jcuda.driver.CUdeviceptr;

/** A place in device memory as the libraries take it: as an offset from nothing. */
final class Address extends CUdeviceptr {

    private static final CUdeviceptr NOTHING = new CUdeviceptr();

    Address(long address) {
        super(NOTHING, address);
    }

    /** Where the driver notes an allocation. */
    static final class Allocation extends CUdeviceptr {

        long address() {
            return getNativePointer();
        }
    }
}
