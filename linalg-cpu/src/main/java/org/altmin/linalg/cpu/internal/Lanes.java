package org.altmin.linalg.cpu.internal;

import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.UnaryOperation;

/**
 * The registers in which one worker evaluates a {@link Program}, a chunk of elements at a time. A slot is a register:
 * a piece of the worker's own memory, or, where that saves a copy, a piece of a matrix.
 */
abstract sealed class Lanes permits FloatLanes, DoubleLanes {

    /** Makes all slots the worker's own memory, with room for {@code width} elements each. */
    abstract void reserve(int slots, int width);

    /** Whether a slot can be a piece of this buffer. */
    abstract boolean canBind(HeapBuffer buffer);

    /** The slot becomes a piece of a matrix, to be read and written in place. */
    abstract void bind(int slot, HeapBuffer buffer, int at);

    /** Elements {@code to} … of the slot ← those of the buffer, converted if need be. */
    abstract void load(int slot, int to, HeapBuffer source, int from, int count);

    abstract void store(int slot, HeapBuffer target, int to, int count);

    abstract void fill(int slot, int from, int count, double value);

    /** The first {@code count} elements of the slot become {@code times} as many, each repeated. */
    abstract void spread(int slot, int count, int times);

    abstract void copy(int target, int x, int count);

    /** target ← x, of {@code rows × columns} elements in column-major order, in row-major order. */
    abstract void transpose(int target, int x, int rows, int columns);

    abstract void unary(UnaryOperation operation, int target, int x, int count);

    abstract void binary(BinaryOperation operation, int target, int x, int y, int count);

    abstract void select(int target, int condition, int whenTrue, int whenFalse, int count);

    /** target ← the reduction of each column of x, in all its rows; x has {@code rows × columns} in row-major order. */
    abstract void reduceColumns(Reduction reduction, int target, int x, int rows, int columns);

    /** The reduction of some elements of a slot, accumulated in double. */
    abstract double reduce(Reduction reduction, int slot, int from, int count);

    /** {@code accumulators[to + i]} ← its reduction with element {@code from + i} of the slot. */
    abstract void reduceInto(Reduction reduction, double[] accumulators, int to, int slot, int from, int count);
}
