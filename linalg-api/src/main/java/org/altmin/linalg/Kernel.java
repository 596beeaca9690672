package org.altmin.linalg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.altmin.linalg.spi.Instruction;

/**
 * Expressions made ready to run: some become output matrices, some are reduced to totals over all elements, all in one
 * pass over the inputs. Immutable; build it once (a static constant, or in a constructor) and reuse it: backends keep
 * what they compile for it.
 *
 * <p>An instance is a straight-line program over numbered registers, with common sub-expressions merged and registers
 * reused. Two kernels are equal when their programs are.
 */
public final class Kernel {

    /** One expression reduced over all elements. */
    public record Total(Reduction reduction, int register) {
    }

    private final List<Instruction> uniforms;
    private final List<Instruction> instructions;
    private final List<Integer> outputs;
    private final List<Total> totals;
    private final int registers;
    private final int inputs;
    private final int parameters;
    private final boolean columnCoupled;
    private final boolean inDouble;
    private final int hash;

    Kernel(List<Instruction> uniforms, List<Instruction> instructions, List<Integer> outputs, List<Total> totals,
            int registers, boolean inDouble) {
        this.uniforms = List.copyOf(uniforms);
        this.instructions = List.copyOf(instructions);
        this.outputs = List.copyOf(outputs);
        this.totals = List.copyOf(totals);
        this.registers = registers;
        this.inDouble = inDouble;
        int[] counts = new int[2];
        boolean[] coupled = new boolean[1];
        survey(this.uniforms, counts, coupled);
        survey(this.instructions, counts, coupled);
        this.inputs = counts[0];
        this.parameters = counts[1];
        this.columnCoupled = coupled[0];
        this.hash = Objects.hash(this.uniforms, this.instructions, this.outputs, this.totals, inDouble);
    }

    /** A kernel with one output matrix. */
    public static Kernel map(Expr output) {
        return builder().output(output).build();
    }

    /** A kernel with one total and no output. */
    public static Kernel reduce(Reduction reduction, Expr expression) {
        return builder().total(reduction, expression).build();
    }

    /** A kernel with one total, the sum. */
    public static Kernel sum(Expr expression) {
        return reduce(Reduction.SUM, expression);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Constants, parameters and what is computed from these alone, in order: instructions that write registers 0, 1, …,
     * which hold one value for all elements and are never reused. Each is rounded as it would be for an element.
     */
    public List<Instruction> uniforms() {
        return uniforms;
    }

    /** What is evaluated for each element, in order. */
    public List<Instruction> instructions() {
        return instructions;
    }

    /** The register of each output. */
    public List<Integer> outputs() {
        return outputs;
    }

    public List<Total> totals() {
        return totals;
    }

    /** How many registers the program uses, uniforms included. */
    public int registers() {
        return registers;
    }

    /** One more than the largest input index. */
    public int inputs() {
        return inputs;
    }

    /** One more than the largest parameter index. */
    public int parameters() {
        return parameters;
    }

    /** Whether some expression reduces over columns, so that a column must be evaluated as a whole. */
    public boolean columnCoupled() {
        return columnCoupled;
    }

    /** Whether registers are double whatever the precision of the matrices. */
    public boolean inDouble() {
        return inDouble;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Kernel that && hash == that.hash && inDouble == that.inDouble
                && outputs.equals(that.outputs) && totals.equals(that.totals) && uniforms.equals(that.uniforms)
                && instructions.equals(that.instructions);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "Kernel" + uniforms + instructions + " -> " + outputs + totals;
    }

    private static void survey(List<Instruction> program, int[] counts, boolean[] coupled) {
        for (Instruction instruction : program) {
            if (instruction instanceof Instruction.Input input) {
                counts[0] = Math.max(counts[0], input.input() + 1);
            } else if (instruction instanceof Instruction.Parameter parameter) {
                counts[1] = Math.max(counts[1], parameter.parameter() + 1);
            } else if (instruction instanceof Instruction.ColumnReduce) {
                coupled[0] = true;
            } else if (instruction instanceof Instruction.Loop loop) {
                survey(loop.body(), counts, coupled);
            }
        }
    }

    /** Collects outputs and totals. */
    public static final class Builder {

        private final List<Expr> outputs = new ArrayList<>();
        private final List<Reduction> reductions = new ArrayList<>();
        private final List<Expr> totals = new ArrayList<>();
        private boolean inDouble;

        private Builder() {
        }

        /** Adds an output matrix. */
        public Builder output(Expr expression) {
            outputs.add(Objects.requireNonNull(expression, "expression"));
            return this;
        }

        /** Adds a reduction over all elements. */
        public Builder total(Reduction reduction, Expr expression) {
            reductions.add(Objects.requireNonNull(reduction, "reduction"));
            totals.add(Objects.requireNonNull(expression, "expression"));
            return this;
        }

        public Builder sum(Expr expression) {
            return total(Reduction.SUM, expression);
        }

        /** Evaluates in double and rounds the outputs, for expressions that lose too much in float32. */
        public Builder inDouble() {
            inDouble = true;
            return this;
        }

        public Kernel build() {
            if (outputs.isEmpty() && totals.isEmpty()) {
                throw new IllegalArgumentException("a kernel needs an output or a total");
            }
            List<Expr> roots = new ArrayList<>(outputs);
            roots.addAll(totals);
            Lineariser lineariser = new Lineariser();
            List<Integer> registers = lineariser.linearise(roots);
            RegisterAllocation allocation = RegisterAllocation.of(lineariser, registers);
            List<Total> reduced = new ArrayList<>();
            for (int i = 0; i < totals.size(); i++) {
                reduced.add(new Total(reductions.get(i), allocation.register(registers.get(outputs.size() + i))));
            }
            List<Integer> written = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                written.add(allocation.register(registers.get(i)));
            }
            return new Kernel(allocation.uniforms(), allocation.instructions(), written,
                    Collections.unmodifiableList(reduced), allocation.registers(), inDouble);
        }
    }
}
