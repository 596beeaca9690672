package org.altmin.linalg.cpu.internal;

import java.util.List;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.UnaryOperation;
import org.altmin.linalg.spi.Instruction;

/**
 * What an instruction costs for an element, in rough units of one vectorised addition; it decides how much work one
 * thread takes at a time.
 */
final class Cost {

    private static final double CHEAP = 1;
    private static final double DIVISION = 3;
    private static final double BITWISE = 3;
    private static final double POLYNOMIAL = 10;
    private static final double POLYNOMIAL_IN_DOUBLE = 25;

    private final boolean inDouble;

    Cost(boolean inDouble) {
        this.inDouble = inDouble;
    }

    double of(List<Instruction> instructions) {
        return instructions.stream().mapToDouble(this::of).sum();
    }

    private double of(Instruction instruction) {
        if (instruction instanceof Instruction.Loop i) {
            return i.rounds() * (of(i.body()) + i.states().size() * CHEAP);
        } else if (instruction instanceof Instruction.Unary i) {
            return of(i.operation());
        } else if (instruction instanceof Instruction.Binary i) {
            return of(i.operation());
        } else if (instruction instanceof Instruction.Select) {
            return BITWISE;
        } else if (instruction instanceof Instruction.ColumnReduce) {
            return 2 * CHEAP;
        }
        return CHEAP;
    }

    private double of(UnaryOperation operation) {
        return switch (operation) {
            case NEGATE, ABS -> CHEAP;
            case SQRT -> DIVISION;
            case EXP, EXPM1, LOG, LOG1P, TANH, LOGISTIC -> inDouble ? POLYNOMIAL_IN_DOUBLE : POLYNOMIAL;
        };
    }

    private static double of(BinaryOperation operation) {
        return switch (operation) {
            case ADD, SUBTRACT, MULTIPLY, MIN, MAX -> CHEAP;
            case DIVIDE -> DIVISION;
            case LESS, LESS_OR_EQUAL, EQUAL -> BITWISE;
        };
    }
}
