package org.altmin.linalg.cpu.internal;

import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.UnaryOperation;

/**
 * The registers in which one worker evaluates a kernel, a chunk of elements at a time. Each is an array of its own that
 * begins at index 0: C2 on JDK 17 does not vectorise a loop over arrays at different offsets, so parts of matrices are
 * copied into registers, which costs less than a scalar loop over them in place.
 */
abstract sealed class Lanes permits FloatLanes, DoubleLanes {

    /** Makes room for registers of {@code width} elements. What they held is lost. */
    abstract void reserve(int registers, int width);

    /** Elements {@code to} … of the register ← those of the buffer, converted if need be. */
    abstract void load(int register, int to, HeapBuffer source, int from, int count);

    abstract void store(int register, HeapBuffer target, int to, int count);

    abstract void fill(int register, int from, int count, double value);

    /** The first element of the register. */
    abstract double first(int register);

    /** The first {@code count} elements of the register become {@code times} as many, each repeated. */
    abstract void spread(int register, int count, int times);

    abstract void copy(int target, int x, int count);

    /** target ← x, of {@code rows × columns} elements in column-major order, in row-major order. */
    abstract void transpose(int target, int x, int rows, int columns);

    abstract void unary(UnaryOperation operation, int target, int x, int count);

    abstract void binary(BinaryOperation operation, int target, int x, int y, int count);

    /** target ← the operation of x and a number, or of the number and x; not a comparison. */
    abstract void binary(BinaryOperation operation, int target, int x, double number, boolean numberFirst, int count);

    /** Whether an operation takes a number in place of a register. */
    static boolean takesNumber(BinaryOperation operation) {
        return switch (operation) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MIN, MAX -> true;
            case LESS, LESS_OR_EQUAL, EQUAL -> false;
        };
    }

    abstract void select(int target, int condition, int whenTrue, int whenFalse, int count);

    /** target ← the reduction of each column of x, in all its rows; x has {@code rows × columns} in row-major order. */
    abstract void reduceColumns(Reduction reduction, int target, int x, int rows, int columns);

    /** The reduction of some elements of a register, accumulated in double. */
    abstract double reduce(Reduction reduction, int register, int from, int count);

    /** {@code accumulators[to + i]} ← its reduction with element {@code from + i} of the register. */
    abstract void reduceInto(Reduction reduction, double[] accumulators, int to, int register, int from, int count);
}
