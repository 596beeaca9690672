package org.altmin.linalg.cuda.internal;

import java.util.BitSet;
import java.util.List;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.UnaryOperation;
import org.altmin.linalg.spi.Instruction;

/** What source is needed for a kernel's instructions, and what they cost. */
final class KernelProgram {

    private KernelProgram() {
    }

    /** The inputs that are used, by index. */
    static BitSet inputs(Kernel kernel) {
        BitSet used = new BitSet();
        collectInputs(kernel.instructions(), used);
        return used;
    }

    private static void collectInputs(List<Instruction> program, BitSet used) {
        for (Instruction instruction : program) {
            if (instruction instanceof Instruction.Input input) {
                used.set(input.input());
            } else if (instruction instanceof Instruction.Loop loop) {
                collectInputs(loop.body(), used);
            }
        }
    }

    /** Whether an instruction, or one in its body, reduces over columns. */
    static boolean isCoupled(Instruction instruction) {
        return instruction instanceof Instruction.ColumnReduce
                || instruction instanceof Instruction.Loop loop
                        && loop.body().stream().anyMatch(KernelProgram::isCoupled);
    }

    /** Roughly the machine instructions of the straight-line code, loop bodies counted once. */
    static int size(List<Instruction> program) {
        int size = 0;
        for (Instruction instruction : program) {
            if (instruction instanceof Instruction.Loop loop) {
                size += size(loop.body());
            } else if (instruction instanceof Instruction.Unary unary) {
                size += isElementary(unary.operation()) ? 20 : 1;
            } else if (instruction instanceof Instruction.Binary binary) {
                size += switch (binary.operation()) {
                    case DIVIDE -> 10;
                    case MIN, MAX -> 5;
                    default -> 1;
                };
            } else {
                size++;
            }
        }
        return size;
    }

    private static boolean isElementary(UnaryOperation operation) {
        return switch (operation) {
            case NEGATE, ABS -> false;
            default -> true;
        };
    }

    static String function(UnaryOperation operation) {
        return switch (operation) {
            case NEGATE -> "-";
            case ABS -> "absolute";
            case SQRT -> "squareRoot";
            case EXP -> "exponential";
            case EXPM1 -> "exponentialMinus1";
            case LOG -> "logarithm";
            case LOG1P -> "logarithmOf1Plus";
            case TANH -> "hyperbolicTangent";
            case LOGISTIC -> "logistic";
        };
    }

    static String expression(BinaryOperation operation, String x, String y) {
        return switch (operation) {
            case ADD -> x + " + " + y;
            case SUBTRACT -> x + " - " + y;
            case MULTIPLY -> x + " * " + y;
            case DIVIDE -> x + " / " + y;
            case MIN -> "minimum(" + x + ", " + y + ")";
            case MAX -> "maximum(" + x + ", " + y + ")";
            case LESS -> x + " < " + y + " ? 1 : 0";
            case LESS_OR_EQUAL -> x + " <= " + y + " ? 1 : 0";
            case EQUAL -> x + " == " + y + " ? 1 : 0";
        };
    }
}
