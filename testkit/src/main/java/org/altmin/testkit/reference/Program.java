package org.altmin.testkit.reference;

import java.util.Arrays;
import java.util.List;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.spi.Instruction;

/** Runs a kernel's instructions over one column after the other. */
final class Program {

    private final Kernel kernel;
    private final boolean single;
    private final int rows;
    private final double[] parameters;
    private final double[][] registers;

    Program(Kernel kernel, Precision storage, int rows, double[] parameters) {
        this.kernel = kernel;
        this.single = storage == Precision.FLOAT32 && !kernel.inDouble();
        this.rows = rows;
        this.parameters = parameters;
        this.registers = new double[kernel.registers()][rows];
        kernel.uniforms().forEach(instruction -> execute(instruction, new double[0][]));
    }

    /** @return the registers, overwritten by the next call */
    double[][] run(double[][] inputs) {
        kernel.instructions().forEach(instruction -> execute(instruction, inputs));
        return registers;
    }

    private void execute(Instruction instruction, double[][] inputs) {
        if (instruction instanceof Instruction.Loop loop) {
            assign(loop.states(), loop.initial());
            for (int round = 0; round < loop.rounds(); round++) {
                loop.body().forEach(step -> execute(step, inputs));
                assign(loop.states(), loop.next());
            }
            return;
        }
        double[] target = registers[instruction.target()];
        if (instruction instanceof Instruction.Input i) {
            System.arraycopy(inputs[i.input()], 0, target, 0, rows);
        } else if (instruction instanceof Instruction.Parameter i) {
            Arrays.fill(target, rounded(parameters[i.parameter()]));
        } else if (instruction instanceof Instruction.Constant i) {
            Arrays.fill(target, rounded(i.value()));
        } else if (instruction instanceof Instruction.Unary i) {
            double[] x = registers[i.x()];
            for (int row = 0; row < rows; row++) {
                target[row] = rounded(i.operation().apply(x[row]));
            }
        } else if (instruction instanceof Instruction.Binary i) {
            double[] x = registers[i.x()];
            double[] y = registers[i.y()];
            for (int row = 0; row < rows; row++) {
                target[row] = rounded(i.operation().apply(x[row], y[row]));
            }
        } else if (instruction instanceof Instruction.Copy i) {
            System.arraycopy(registers[i.x()], 0, target, 0, rows);
        } else if (instruction instanceof Instruction.Select i) {
            double[] condition = registers[i.condition()];
            for (int row = 0; row < rows; row++) {
                target[row] = registers[condition[row] > 0 ? i.whenTrue() : i.whenFalse()][row];
            }
        } else if (instruction instanceof Instruction.ColumnReduce i) {
            double[] x = registers[i.x()];
            boolean sum = i.reduction() == Reduction.SUM;
            Arrays.fill(target, rounded(
                    sum ? Arrays.stream(x).reduce(0, Double::sum)
                            : Arrays.stream(x).reduce(Double.NEGATIVE_INFINITY, Math::max)));
        }
    }

    private void assign(List<Integer> targets, List<Integer> sources) {
        for (int k = 0; k < targets.size(); k++) {
            System.arraycopy(registers[sources.get(k)], 0, registers[targets.get(k)], 0, rows);
        }
    }

    private double rounded(double value) {
        return single ? (float) value : value;
    }
}
