package org.altmin.linalg.openblas.process;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;

/** Run in a process of its own: opens the backend, multiplies, and prints what it is; or prints what is wrong. */
public final class Probe {

    /** Argument with which other code comes first in using netlib. */
    static final String NETLIB_FIRST = "netlib-first";

    private Probe() {
    }

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(NETLIB_FIRST)) {
            BLAS.getInstance();
        }
        try (LinearAlgebra la = Backends.open("openblas", LinearAlgebraOptions.of(Precision.FLOAT32))) {
            Matrix a = la.allocate(2, 2);
            la.upload(new double[] {1, 2, 3, 4}, a);
            Matrix c = la.allocate(2, 2);
            la.multiply(a, a, c);
            System.out.println(la.description() + " " + Arrays.toString(la.toArray(c)));
        } catch (AltminException e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
    }
}
