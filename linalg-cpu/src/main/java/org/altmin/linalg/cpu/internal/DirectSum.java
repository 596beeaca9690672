package org.altmin.linalg.cpu.internal;

import java.util.List;
import java.util.Optional;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.spi.Instruction;

/**
 * The sum of the elements of a matrix, or of the products of two matrices' elements, taken from the arrays themselves
 * without the copies into registers, and so at the speed at which memory is read. The terms, and the order in which
 * those of a chunk are added, are those of the registers.
 */
final class DirectSum {

    private final HeapBuffer x;
    private final int xAt;
    /** Null if there is no second factor. */
    private final HeapBuffer y;
    private final int yAt;

    private DirectSum(Matrix x, Matrix y) {
        this.x = HeapBuffer.of(x);
        xAt = HeapBuffer.offset(x);
        this.y = y == null ? null : HeapBuffer.of(y);
        yAt = y == null ? 0 : HeapBuffer.offset(y);
    }

    /**
     * Empty if the kernel, whose registers hold elements as they are stored, or the matrices are not like that.
     *
     * @param register what is reduced
     */
    static Optional<DirectSum> of(Kernel kernel, Reduction reduction, int register, int rows, int columns,
            Matrix[] inputs) {
        List<Instruction> instructions = kernel.instructions();
        if (reduction != Reduction.SUM || instructions.isEmpty()) {
            return Optional.empty();
        }
        int last = instructions.size() - 1;
        Matrix x;
        Matrix y = null;
        if (instructions.get(last) instanceof Instruction.Binary product) {
            if (product.operation() != BinaryOperation.MULTIPLY || product.target() != register) {
                return Optional.empty();
            }
            x = input(instructions.subList(0, last), product.x(), inputs);
            y = input(instructions.subList(0, last), product.y(), inputs);
            if (y == null || y.rows() != rows || y.columns() != columns) {
                return Optional.empty();
            }
        } else {
            x = input(instructions, register, inputs);
        }
        return x != null && x.rows() == rows && x.columns() == columns ? Optional.of(new DirectSum(x, y))
                : Optional.empty();
    }

    /** Null if the instructions are not all inputs, one of them to this register. */
    private static Matrix input(List<Instruction> instructions, int register, Matrix[] inputs) {
        Matrix found = null;
        for (Instruction instruction : instructions) {
            if (!(instruction instanceof Instruction.Input input)) {
                return null;
            }
            if (input.target() == register) {
                found = inputs[input.input()];
            }
        }
        return found;
    }

    /** Of {@code count} terms from the one of this index on, counted in the matrices. */
    double sum(int first, int count) {
        if (x instanceof HeapFloats floats) {
            return y == null ? FloatKernels.sum(floats.array(), xAt + first, count)
                    : FloatKernels.dot(floats.array(), xAt + first, ((HeapFloats) y).array(), yAt + first, count);
        }
        double[] doubles = ((HeapDoubles) x).array();
        return y == null ? DoubleKernels.sum(doubles, xAt + first, count)
                : DoubleKernels.dot(doubles, xAt + first, ((HeapDoubles) y).array(), yAt + first, count);
    }

    /** Adds each of {@code count} terms to an accumulator of its own. */
    void accumulate(double[] accumulators, int to, int first, int count) {
        if (x instanceof HeapFloats floats) {
            if (y == null) {
                FloatKernels.accumulate(accumulators, to, floats.array(), xAt + first, count);
            } else {
                FloatKernels.accumulateProducts(accumulators, to, floats.array(), xAt + first, ((HeapFloats) y).array(),
                        yAt + first, count);
            }
            return;
        }
        double[] doubles = ((HeapDoubles) x).array();
        if (y == null) {
            DoubleKernels.accumulate(accumulators, to, doubles, xAt + first, count);
        } else {
            DoubleKernels.accumulateProducts(accumulators, to, doubles, xAt + first, ((HeapDoubles) y).array(), yAt + first,
                    count);
        }
    }
}
