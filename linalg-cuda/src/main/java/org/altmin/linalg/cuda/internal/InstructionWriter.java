package org.altmin.linalg.cuda.internal;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.spi.Instruction;

/**
 * Writes a kernel's instructions as statements on variables {@code r0}, {@code r1}, …, of which uniform ones come
 * first.
 */
final class InstructionWriter {

    /** Loops whose unrolled body would be longer than this stay loops. */
    private static final int UNROLLED = 200;

    private final Source source;
    private final Kernel kernel;
    private final Real register;
    private final BitSet uniform = new BitSet();
    private final String suffix;
    private final IntFunction<String> input;
    private int loops;

    /**
     * @param suffix what follows the name of a register that is not uniform
     * @param input the expression of an input's value
     */
    InstructionWriter(Source source, Kernel kernel, Real register, String suffix, IntFunction<String> input) {
        this.source = source;
        this.kernel = kernel;
        this.register = register;
        this.suffix = suffix;
        this.input = input;
        kernel.uniforms().forEach(instruction -> uniform.set(instruction.target()));
    }

    void declareUniforms() {
        for (Instruction instruction : kernel.uniforms()) {
            source.line("const " + register.keyword() + " " + name(instruction.target()) + " = "
                    + expression(instruction) + ";");
        }
    }

    /** @param declarator what follows a register's name in its declaration */
    void declareRegisters(String declarator) {
        for (int r = uniform.nextClearBit(0); r < kernel.registers(); r = uniform.nextClearBit(r + 1)) {
            source.line(register.keyword() + " r" + r + declarator + ";");
        }
    }

    String name(int number) {
        return uniform.get(number) ? "r" + number : "r" + number + suffix;
    }

    void write(List<Instruction> program) {
        program.forEach(this::write);
    }

    private void write(Instruction instruction) {
        if (instruction instanceof Instruction.Loop loop) {
            writeLoop(loop);
        } else {
            assign(instruction.target(), expression(instruction));
        }
    }

    void assign(int target, String expression) {
        source.line(name(target) + " = " + expression + ";");
    }

    /** states ← values, one by one. */
    void assign(List<Integer> targets, List<Integer> values) {
        for (int s = 0; s < targets.size(); s++) {
            assign(targets.get(s), name(values.get(s)));
        }
    }

    /** The head of a loop that is run {@code rounds} times. */
    String loopHead(Instruction.Loop loop) {
        if (loop.rounds() * KernelProgram.size(loop.body()) > UNROLLED) {
            source.directive("#pragma unroll 1");
        }
        String counter = "round" + loops++;
        return "for (int " + counter + " = 0; " + counter + " < " + loop.rounds() + "; " + counter + "++)";
    }

    private void writeLoop(Instruction.Loop loop) {
        assign(loop.states(), loop.initial());
        source.open(loopHead(loop));
        write(loop.body());
        assign(loop.states(), loop.next());
        source.close();
    }

    private String expression(Instruction instruction) {
        if (instruction instanceof Instruction.Constant i) {
            return register.literal(i.value());
        } else if (instruction instanceof Instruction.Parameter i) {
            return "a.p" + i.parameter();
        } else if (instruction instanceof Instruction.Input i) {
            return input.apply(i.input());
        } else if (instruction instanceof Instruction.Unary i) {
            return KernelProgram.function(i.operation()) + "(" + name(i.x()) + ")";
        } else if (instruction instanceof Instruction.Binary i) {
            return KernelProgram.expression(i.operation(), name(i.x()), name(i.y()));
        } else if (instruction instanceof Instruction.Copy i) {
            return name(i.x());
        } else if (instruction instanceof Instruction.Select i) {
            return name(i.condition()) + " > 0 ? " + name(i.whenTrue()) + " : " + name(i.whenFalse());
        }
        throw new IllegalStateException("not an instruction of one element: " + instruction);
    }
}
