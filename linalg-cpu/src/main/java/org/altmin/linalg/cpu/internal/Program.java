package org.altmin.linalg.cpu.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.spi.Instruction;

/**
 * A {@link Kernel} prepared for {@link Lanes}: every input and every output has a slot of its own beside the kernel's
 * registers, so that inputs can be read and outputs written in place. Slots are numbered registers, inputs, outputs.
 */
final class Program {

    /** An output that is written after all instructions, or a total. */
    private static final int AT_THE_END = Integer.MAX_VALUE;
    private static final int NEVER = -1;

    private final Kernel kernel;
    private final List<Instruction> steps = new ArrayList<>();
    private final int[] totals;
    private final int[] writtenAt;
    private final int[] lastReadAt;
    private final int[] slotOf;

    Program(Kernel kernel) {
        this.kernel = kernel;
        writtenAt = new int[kernel.outputs().size()];
        lastReadAt = new int[kernel.inputs()];
        Arrays.fill(lastReadAt, NEVER);
        slotOf = new int[kernel.registers()];
        Arrays.setAll(slotOf, register -> register);
        int[] outputDefinedBy = outputsByDefinition();
        List<Instruction> instructions = kernel.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            translate(instructions.get(i), outputDefinedBy[i]);
        }
        for (int output = 0; output < writtenAt.length; output++) {
            int slot = slotOf[kernel.outputs().get(output)];
            if (slot != outputSlot(output)) {
                writtenAt[output] = steps.size();
                steps.add(new Instruction.Copy(outputSlot(output), read(slot)));
            }
        }
        totals = kernel.totals().stream().mapToInt(total -> slotOf[total.register()]).toArray();
        for (int slot : totals) {
            markRead(slot, AT_THE_END);
        }
    }

    Kernel kernel() {
        return kernel;
    }

    List<Instruction> steps() {
        return steps;
    }

    int slots() {
        return outputSlot(writtenAt.length);
    }

    int inputSlot(int input) {
        return kernel.registers() + input;
    }

    int outputSlot(int output) {
        return inputSlot(kernel.inputs()) + output;
    }

    int totalSlot(int total) {
        return totals[total];
    }

    /** Whether an output may be computed in the very place of an input: nothing reads the input after that. */
    boolean mayOverwrite(int output, int input) {
        return lastReadAt[input] <= writtenAt[output];
    }

    /** For each instruction the output whose final value it computes, or {@link #NEVER}. */
    private int[] outputsByDefinition() {
        List<Instruction> instructions = kernel.instructions();
        int[] result = new int[instructions.size()];
        Arrays.fill(result, NEVER);
        for (int output = kernel.outputs().size() - 1; output >= 0; output--) {
            for (int i = instructions.size() - 1; i >= 0; i--) {
                if (writes(instructions.get(i), kernel.outputs().get(output))) {
                    result[i] = output;
                    break;
                }
            }
        }
        return result;
    }

    private static boolean writes(Instruction instruction, int register) {
        return instruction instanceof Instruction.Loop loop
                ? loop.states().contains(register)
                : instruction.target() == register;
    }

    private void translate(Instruction instruction, int output) {
        if (instruction instanceof Instruction.Input i) {
            slotOf[i.target()] = inputSlot(i.input());
            return;
        }
        Instruction step = withSlots(instruction);
        if (output != NEVER && !(instruction instanceof Instruction.Loop)) {
            writtenAt[output] = steps.size();
            slotOf[instruction.target()] = outputSlot(output);
            step = withTarget(step, outputSlot(output));
        }
        steps.add(step);
    }

    /** Reads through {@link #slotOf}, and makes the targets slots of their own. */
    private Instruction withSlots(Instruction instruction) {
        if (instruction instanceof Instruction.Loop i) {
            List<Integer> initial = i.initial().stream().map(register -> read(slotOf[register])).toList();
            i.states().forEach(this::own);
            List<Instruction> body = i.body().stream().map(this::withSlots).toList();
            List<Integer> next = i.next().stream().map(register -> read(slotOf[register])).toList();
            return new Instruction.Loop(i.rounds(), i.states(), initial, body, next);
        } else if (instruction instanceof Instruction.Unary i) {
            int x = read(slotOf[i.x()]);
            return new Instruction.Unary(own(i.target()), i.operation(), x);
        } else if (instruction instanceof Instruction.Binary i) {
            int x = read(slotOf[i.x()]);
            int y = read(slotOf[i.y()]);
            return new Instruction.Binary(own(i.target()), i.operation(), x, y);
        } else if (instruction instanceof Instruction.Copy i) {
            int x = read(slotOf[i.x()]);
            return new Instruction.Copy(own(i.target()), x);
        } else if (instruction instanceof Instruction.Select i) {
            int condition = read(slotOf[i.condition()]);
            int whenTrue = read(slotOf[i.whenTrue()]);
            int whenFalse = read(slotOf[i.whenFalse()]);
            return new Instruction.Select(own(i.target()), condition, whenTrue, whenFalse);
        } else if (instruction instanceof Instruction.ColumnReduce i) {
            int x = read(slotOf[i.x()]);
            return new Instruction.ColumnReduce(own(i.target()), i.reduction(), x);
        }
        throw new IllegalArgumentException("not an instruction of a kernel's body: " + instruction);
    }

    private static Instruction withTarget(Instruction instruction, int target) {
        if (instruction instanceof Instruction.Unary i) {
            return new Instruction.Unary(target, i.operation(), i.x());
        } else if (instruction instanceof Instruction.Binary i) {
            return new Instruction.Binary(target, i.operation(), i.x(), i.y());
        } else if (instruction instanceof Instruction.Select i) {
            return new Instruction.Select(target, i.condition(), i.whenTrue(), i.whenFalse());
        } else if (instruction instanceof Instruction.ColumnReduce i) {
            return new Instruction.ColumnReduce(target, i.reduction(), i.x());
        }
        return new Instruction.Copy(target, ((Instruction.Copy) instruction).x());
    }

    private int own(int register) {
        slotOf[register] = register;
        return register;
    }

    private int read(int slot) {
        markRead(slot, steps.size());
        return slot;
    }

    private void markRead(int slot, int at) {
        int input = slot - inputSlot(0);
        if (input >= 0 && input < lastReadAt.length) {
            lastReadAt[input] = Math.max(lastReadAt[input], at);
        }
    }
}
