package org.altmin.linalg;

import java.util.List;
import org.altmin.linalg.spi.Instruction;

/** Runs a kernel at one element that is a column of its own. */
final class ScalarProgram {

    private ScalarProgram() {
    }

    /** @return all registers; uniforms are set first and must survive */
    static double[] run(Kernel kernel, double[] parameters, double... inputs) {
        double[] registers = new double[kernel.registers()];
        kernel.uniforms().forEach(instruction -> execute(instruction, registers, parameters, inputs));
        kernel.instructions().forEach(instruction -> execute(instruction, registers, parameters, inputs));
        return registers;
    }

    private static void execute(Instruction instruction, double[] registers, double[] parameters, double[] inputs) {
        if (instruction instanceof Instruction.Loop loop) {
            assign(registers, loop.states(), loop.initial());
            for (int round = 0; round < loop.rounds(); round++) {
                loop.body().forEach(step -> execute(step, registers, parameters, inputs));
                assign(registers, loop.states(), loop.next());
            }
        } else {
            registers[instruction.target()] = value(instruction, registers, parameters, inputs);
        }
    }

    private static double value(Instruction instruction, double[] registers, double[] parameters, double[] inputs) {
        if (instruction instanceof Instruction.Input i) {
            return inputs[i.input()];
        } else if (instruction instanceof Instruction.Parameter i) {
            return parameters[i.parameter()];
        } else if (instruction instanceof Instruction.Constant i) {
            return i.value();
        } else if (instruction instanceof Instruction.Unary i) {
            return i.operation().apply(registers[i.x()]);
        } else if (instruction instanceof Instruction.Binary i) {
            return i.operation().apply(registers[i.x()], registers[i.y()]);
        } else if (instruction instanceof Instruction.Copy i) {
            return registers[i.x()];
        } else if (instruction instanceof Instruction.Select i) {
            return registers[registers[i.condition()] > 0 ? i.whenTrue() : i.whenFalse()];
        }
        return registers[((Instruction.ColumnReduce) instruction).x()];
    }

    private static void assign(double[] registers, List<Integer> targets, List<Integer> sources) {
        for (int k = 0; k < targets.size(); k++) {
            registers[targets.get(k)] = registers[sources.get(k)];
        }
    }
}
