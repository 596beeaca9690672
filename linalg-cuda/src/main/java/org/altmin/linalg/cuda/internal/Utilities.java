package org.altmin.linalg.cuda.internal;

import java.util.HashMap;
import java.util.Map;
import jcuda.driver.CUfunction;

/** The fixed kernels of {@code utilities.cu}. */
final class Utilities {

    private static final int THREADS = 256;
    private static final int MOST_BLOCKS = 1 << 16;

    private final CudaContext context;
    private final Arguments arguments;
    private final String code;
    private final Map<String, CUfunction> functions = new HashMap<>();

    Utilities(CudaContext context, Real element, Arguments arguments) {
        this.context = context;
        this.arguments = arguments;
        this.code = "#define ELEMENT " + element.keyword() + "\n" + Compiler.resource("utilities.cu");
    }

    /** Makes the upper triangle of a symmetric matrix that of the lower one. */
    void mirror(int order, long matrix) {
        int tiles = (order + 31) / 32;
        arguments.clear().add(order).add(matrix);
        context.launch(function("mirror"), tiles, tiles, THREADS, arguments.parameters());
    }

    void gather(int rows, int columns, long source, long indices, long target) {
        arguments.clear().add(rows).add(columns).add(source).add(indices).add(target);
        launch("gather", (long) rows * columns);
    }

    void argmax(int rows, int columns, long source, long target) {
        arguments.clear().add(rows).add(columns).add(source).add(target);
        launch("argmax", 32L * columns);
    }

    void diagonal(int order, long matrix, long target) {
        arguments.clear().add(order).add(matrix).add(target);
        launch("diagonal", order);
    }

    void widen(int rows, int columns, double shift, long source, long target) {
        arguments.clear().add(rows).add(columns).add(shift).add(source).add(target);
        launch("widen", (long) rows * columns);
    }

    void narrow(long elements, long source, long target) {
        arguments.clear().add(elements).add(source).add(target);
        launch("narrow", elements);
    }

    void factorBlock(int order, int first, int width, long matrix, long pivot) {
        arguments.clear().add(order).add(first).add(width).add(matrix).add(pivot);
        context.launch(function("factorBlock"), 1, 1, THREADS, arguments.parameters());
    }

    void identity(int order, long target) {
        arguments.clear().add(order).add(target);
        launch("identity", (long) order * order);
    }

    private void launch(String name, long work) {
        int blocks = (int) Math.min(Math.max(1, (work + THREADS - 1) / THREADS), MOST_BLOCKS);
        context.launch(function(name), blocks, 1, THREADS, arguments.parameters());
    }

    private CUfunction function(String name) {
        return functions.computeIfAbsent(name, entry -> context.function(code, entry));
    }
}
