package org.altmin.linalg.spi;

import java.util.List;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.UnaryOperation;

/**
 * One step of a {@link org.altmin.linalg.Kernel}. Operands and {@link #target()} are register numbers. Except in a
 * {@link Loop}, the target may be one of the operands.
 */
public sealed interface Instruction {

    /** The register that is written; of a loop, its first state. */
    int target();

    /** target ← the current element of an input. */
    record Input(int target, int input) implements Instruction {
    }

    /** target ← a parameter of the call. Only among a kernel's uniforms. */
    record Parameter(int target, int parameter) implements Instruction {
    }

    /** target ← a constant. Only among a kernel's uniforms. */
    record Constant(int target, double value) implements Instruction {

        /** Bitwise, so that 0 and −0 are two constants. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Constant that && target == that.target
                    && Double.doubleToLongBits(value) == Double.doubleToLongBits(that.value);
        }

        @Override
        public int hashCode() {
            return 31 * target + Double.hashCode(value);
        }
    }

    /** target ← operation(x). */
    record Unary(int target, UnaryOperation operation, int x) implements Instruction {
    }

    /** target ← operation(x, y). */
    record Binary(int target, BinaryOperation operation, int x, int y) implements Instruction {
    }

    /** target ← x. */
    record Copy(int target, int x) implements Instruction {
    }

    /** target ← {@code whenTrue} where the condition is greater than 0, else {@code whenFalse}. */
    record Select(int target, int condition, int whenTrue, int whenFalse) implements Instruction {
    }

    /** target ← the reduction of x over the current column, the same value in all its rows. */
    record ColumnReduce(int target, Reduction reduction, int x) implements Instruction {
    }

    /**
     * states ← initial; {@code rounds} times: run the body, then states ← next. No state is among the initial or next
     * registers, so the assignments may be made one by one. The states hold the result.
     */
    record Loop(int rounds, List<Integer> states, List<Integer> initial, List<Instruction> body, List<Integer> next)
            implements Instruction {

        public Loop {
            states = List.copyOf(states);
            initial = List.copyOf(initial);
            body = List.copyOf(body);
            next = List.copyOf(next);
        }

        @Override
        public int target() {
            return states.get(0);
        }
    }
}
