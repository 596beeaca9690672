package org.altmin.program;

import org.altmin.linalg.Backends;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;

/** A program that finds the backend as a service and computes a product and a kernel on it. */
public final class ProcessMain {

    private ProcessMain() {
    }

    public static void main(String[] arguments) {
        try (LinearAlgebra la = Backends.open("cuda", LinearAlgebraOptions.of(Precision.FLOAT32))) {
            Matrix a = la.of(2, 2, 1, 2, 3, 4);
            Matrix square = la.allocate(2, 2);
            la.multiply(a, a, square);
            System.out.println(la.reduce(Kernel.sum(Expr.input(0)), square) + " on " + la.description());
        }
    }
}
