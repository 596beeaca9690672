package org.altmin.linalg.cpu.internal;

import java.util.Optional;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.spi.Instruction;

/**
 * A kernel of a single operation whose matrices all begin at the same index of their arrays: it runs on the arrays
 * themselves, without the copies into and out of registers, and so at the speed of a copy.
 */
final class DirectMap {

    /** An operand: a matrix, or a number if the buffer is null. */
    private record Operand(HeapBuffer buffer, double number) {
    }

    private final HeapBuffer target;
    private final int at;
    private final Instruction operation;
    private final Operand x;
    private final Operand y;

    private DirectMap(HeapBuffer target, int at, Instruction operation, Operand x, Operand y) {
        this.target = target;
        this.at = at;
        this.operation = operation;
        this.x = x;
        this.y = y;
    }

    /**
     * Empty if the kernel or the matrices are not like that.
     *
     * @param numbers {@link Uniforms#values}
     */
    static Optional<DirectMap> of(Kernel kernel, Matrix[] outputs, double[] numbers, Matrix[] inputs) {
        int last = kernel.instructions().size() - 1;
        if (outputs.length != 1 || !kernel.totals().isEmpty() || last < 1) {
            return Optional.empty();
        }
        Instruction operation = kernel.instructions().get(last);
        Operand x;
        Operand y;
        if (operation instanceof Instruction.Unary i) {
            x = operand(kernel, i.x(), outputs[0], numbers, inputs);
            y = x;
        } else if (operation instanceof Instruction.Binary i) {
            x = operand(kernel, i.x(), outputs[0], numbers, inputs);
            y = operand(kernel, i.y(), outputs[0], numbers, inputs);
        } else {
            return Optional.empty();
        }
        for (int i = 0; i < last; i++) {
            if (!(kernel.instructions().get(i) instanceof Instruction.Input)) {
                return Optional.empty();
            }
        }
        boolean known = x != null && y != null && (x.buffer != null || y.buffer != null);
        boolean numbersFit = known && (x.buffer != null && y.buffer != null
                || operation instanceof Instruction.Binary i && Lanes.takesNumber(i.operation()));
        return numbersFit ? Optional.of(new DirectMap(HeapBuffer.of(outputs[0]), HeapBuffer.offset(outputs[0]),
                operation, x, y)) : Optional.empty();
    }

    /** Null if it is neither a number nor a matrix in the target's place. */
    private static Operand operand(Kernel kernel, int register, Matrix target, double[] numbers, Matrix[] inputs) {
        if (register < numbers.length) {
            return new Operand(null, numbers[register]);
        }
        for (Instruction instruction : kernel.instructions()) {
            if (instruction instanceof Instruction.Input i && i.target() == register) {
                Matrix input = inputs[i.input()];
                boolean inPlace = input.rows() == target.rows() && input.columns() == target.columns()
                        && input.offset() == target.offset();
                return inPlace ? new Operand(HeapBuffer.of(input), 0) : null;
            }
        }
        return null;
    }

    /** @param first the first of {@code count} elements, counted in the matrices */
    void run(int first, int count) {
        if (target instanceof HeapFloats floats) {
            runFloats(floats.array(), at + first, count);
        } else {
            runDoubles(((HeapDoubles) target).array(), at + first, count);
        }
    }

    private void runFloats(float[] out, int from, int count) {
        if (operation instanceof Instruction.Unary unary) {
            FloatLanes.unary(unary.operation(), floats(x), out, from, count);
            return;
        }
        BinaryOperation binary = ((Instruction.Binary) operation).operation();
        if (x.buffer == null) {
            FloatLanes.binary(binary, floats(y), (float) x.number, true, out, from, count);
        } else if (y.buffer == null) {
            FloatLanes.binary(binary, floats(x), (float) y.number, false, out, from, count);
        } else {
            FloatLanes.binary(binary, floats(x), floats(y), out, from, count);
        }
    }

    private void runDoubles(double[] out, int from, int count) {
        if (operation instanceof Instruction.Unary unary) {
            DoubleLanes.unary(unary.operation(), doubles(x), out, from, count);
            return;
        }
        BinaryOperation binary = ((Instruction.Binary) operation).operation();
        if (x.buffer == null) {
            DoubleLanes.binary(binary, doubles(y), x.number, true, out, from, count);
        } else if (y.buffer == null) {
            DoubleLanes.binary(binary, doubles(x), y.number, false, out, from, count);
        } else {
            DoubleLanes.binary(binary, doubles(x), doubles(y), out, from, count);
        }
    }

    private static float[] floats(Operand operand) {
        return ((HeapFloats) operand.buffer).array();
    }

    private static double[] doubles(Operand operand) {
        return ((HeapDoubles) operand.buffer).array();
    }
}
