package org.altmin.linalg.cpu.internal;

import org.altmin.linalg.Kernel;
import org.altmin.linalg.spi.Instruction;

/** What is the same for all elements of a pass, computed once, with the roundings that it would have at an element. */
final class Uniforms {

    private Uniforms() {
    }

    /**
     * The values of the uniforms of a kernel, by register.
     *
     * @param lanes what the kernel runs in; what they held is lost
     */
    static double[] values(Kernel kernel, double[] parameters, Lanes lanes) {
        double[] result = new double[kernel.uniforms().size()];
        lanes.reserve(result.length, 1);
        for (Instruction uniform : kernel.uniforms()) {
            compute(uniform, parameters, lanes);
            result[uniform.target()] = lanes.first(uniform.target());
        }
        return result;
    }

    private static void compute(Instruction uniform, double[] parameters, Lanes lanes) {
        if (uniform instanceof Instruction.Constant i) {
            lanes.fill(i.target(), 0, 1, i.value());
        } else if (uniform instanceof Instruction.Parameter i) {
            lanes.fill(i.target(), 0, 1, parameters[i.parameter()]);
        } else if (uniform instanceof Instruction.Unary i) {
            lanes.unary(i.operation(), i.target(), i.x(), 1);
        } else if (uniform instanceof Instruction.Binary i) {
            lanes.binary(i.operation(), i.target(), i.x(), i.y(), 1);
        } else if (uniform instanceof Instruction.Select i) {
            lanes.select(i.target(), i.condition(), i.whenTrue(), i.whenFalse(), 1);
        } else {
            throw new IllegalArgumentException("not the same for all elements: " + uniform);
        }
    }
}
