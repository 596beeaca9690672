package org.altmin.linalg.cpu.internal;

import java.util.List;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.spi.Instruction;

/**
 * One run of a {@link Kernel} over the chunks of a {@link Grid}. Beside the kernel's registers there is one for each
 * input, which holds it where it repeats from chunk to chunk, and a spare one.
 */
final class Pass {

    /** How an input covers the elements. */
    private enum Cover { WHOLE, COLUMN, ROW, SCALAR }

    private final Kernel kernel;
    private final Grid grid;
    private final Matrix[] outputs;
    private final Matrix[] inputs;
    private final Cover[] covers;
    /** The values of the uniforms, by register. */
    private final double[] numbers;
    private final Lanes[] lanes;
    /** For each worker the columns of the chunk that its registers are prepared for; 0 before its first chunk. */
    private final int[] preparedColumns;

    /**
     * @param numbers {@link Uniforms#values}
     * @param lanes one per worker
     */
    Pass(Kernel kernel, Grid grid, Matrix[] outputs, double[] numbers, Matrix[] inputs, Lanes[] lanes) {
        this.kernel = kernel;
        this.grid = grid;
        this.outputs = outputs;
        this.inputs = inputs;
        this.lanes = lanes;
        preparedColumns = new int[lanes.length];
        this.numbers = numbers;
        covers = new Cover[kernel.inputs()];
        for (int i = 0; i < covers.length; i++) {
            covers[i] = cover(inputs[i]);
        }
    }

    /** Evaluates a chunk, outputs included, and leaves its values in the worker's lanes and its place in the span. */
    Lanes evaluate(int worker, int chunk, Span span) {
        Lanes registers = lanes[worker];
        span.set(grid, chunk);
        int columns = span.columns();
        if (preparedColumns[worker] < columns || grid.byRows() && preparedColumns[worker] > columns) {
            prepare(registers, columns);
            preparedColumns[worker] = columns;
        }
        run(registers, kernel.instructions(), span);
        for (int i = 0; i < outputs.length; i++) {
            write(registers, kernel.outputs().get(i), outputs[i], span);
        }
        return registers;
    }

    private Cover cover(Matrix input) {
        if (input.size() == (long) grid.rows() * grid.columns()) {
            return Cover.WHOLE;
        } else if (input.size() == 1) {
            return Cover.SCALAR;
        }
        return input.columns() == 1 ? Cover.COLUMN : Cover.ROW;
    }

    /** What holds for all chunks of so many columns: uniforms, scalars, and columns that repeat within a chunk. */
    private void prepare(Lanes registers, int columns) {
        int width = grid.width();
        registers.reserve(spare() + 1, width);
        for (Instruction uniform : kernel.uniforms()) {
            registers.fill(uniform.target(), 0, width, numbers[uniform.target()]);
        }
        for (int i = 0; i < covers.length; i++) {
            HeapBuffer buffer = HeapBuffer.of(inputs[i]);
            int at = HeapBuffer.offset(inputs[i]);
            if (covers[i] == Cover.SCALAR) {
                registers.fill(repeated(i), 0, width, buffer.get(at));
            } else if (repeats(i)) {
                registers.load(repeated(i), 0, buffer, at, grid.rows());
                if (grid.byRows()) {
                    registers.spread(repeated(i), grid.rows(), columns);
                } else {
                    for (int j = 1; j < columns; j++) {
                        registers.load(repeated(i), j * grid.rows(), buffer, at, grid.rows());
                    }
                }
            }
        }
    }

    /** Whether an input is the same in all chunks. */
    private boolean repeats(int input) {
        return covers[input] == Cover.SCALAR || covers[input] == Cover.COLUMN && !grid.oneColumnEach();
    }

    private int repeated(int input) {
        return kernel.registers() + input;
    }

    private int spare() {
        return kernel.registers() + covers.length;
    }

    private void read(Lanes registers, int target, int input, Span span) {
        int rows = span.rows();
        int columns = span.columns();
        HeapBuffer buffer = HeapBuffer.of(inputs[input]);
        int at = HeapBuffer.offset(inputs[input]);
        if (repeats(input)) {
            registers.copy(target, repeated(input), rows * columns);
        } else if (covers[input] == Cover.COLUMN) {
            registers.load(target, 0, buffer, at + span.firstRow(), rows);
        } else if (covers[input] == Cover.ROW) {
            registers.load(target, 0, buffer, at + span.firstColumn(), columns);
            if (grid.byRows()) {
                for (int i = 1; i < rows; i++) {
                    registers.load(target, i * columns, buffer, at + span.firstColumn(), columns);
                }
            } else {
                registers.spread(target, columns, rows);
            }
        } else if (grid.byRows()) {
            registers.load(spare(), 0, buffer, at + span.firstElement(), rows * columns);
            registers.transpose(target, spare(), rows, columns);
        } else {
            registers.load(target, 0, buffer, at + span.firstElement(), rows * columns);
        }
    }

    private void write(Lanes registers, int register, Matrix output, Span span) {
        int rows = span.rows();
        int columns = span.columns();
        int source = register;
        if (grid.byRows()) {
            registers.transpose(spare(), register, columns, rows);
            source = spare();
        }
        registers.store(source, HeapBuffer.of(output), HeapBuffer.offset(output) + span.firstElement(), rows * columns);
    }

    private void run(Lanes registers, List<Instruction> instructions, Span span) {
        for (int i = 0; i < instructions.size(); i++) {
            run(registers, instructions.get(i), span);
        }
    }

    private void run(Lanes registers, Instruction instruction, Span span) {
        int count = span.count();
        if (instruction instanceof Instruction.Binary i) {
            runBinary(registers, i, count);
        } else if (instruction instanceof Instruction.Unary i) {
            registers.unary(i.operation(), i.target(), i.x(), count);
        } else if (instruction instanceof Instruction.Input i) {
            read(registers, i.target(), i.input(), span);
        } else if (instruction instanceof Instruction.Select i) {
            registers.select(i.target(), i.condition(), i.whenTrue(), i.whenFalse(), count);
        } else if (instruction instanceof Instruction.Copy i) {
            registers.copy(i.target(), i.x(), count);
        } else if (instruction instanceof Instruction.ColumnReduce i) {
            reduceColumns(registers, i, span.rows(), span.columns());
        } else if (instruction instanceof Instruction.Loop i) {
            copyAll(registers, i.states(), i.initial(), count);
            for (int round = 0; round < i.rounds(); round++) {
                run(registers, i.body(), span);
                copyAll(registers, i.states(), i.next(), count);
            }
        }
    }

    private void runBinary(Lanes registers, Instruction.Binary i, int count) {
        if (isNumber(i.y()) && Lanes.takesNumber(i.operation())) {
            registers.binary(i.operation(), i.target(), i.x(), numbers[i.y()], false, count);
        } else if (isNumber(i.x()) && Lanes.takesNumber(i.operation())) {
            registers.binary(i.operation(), i.target(), i.y(), numbers[i.x()], true, count);
        } else {
            registers.binary(i.operation(), i.target(), i.x(), i.y(), count);
        }
    }

    /** Uniforms have the first registers. */
    private boolean isNumber(int register) {
        return register < kernel.uniforms().size();
    }

    private void reduceColumns(Lanes registers, Instruction.ColumnReduce instruction, int rows, int columns) {
        if (grid.byRows()) {
            registers.reduceColumns(instruction.reduction(), instruction.target(), instruction.x(), rows, columns);
            return;
        }
        for (int j = 0; j < columns; j++) {
            double value = registers.reduce(instruction.reduction(), instruction.x(), j * rows, rows);
            registers.fill(instruction.target(), j * rows, rows, value);
        }
    }

    private static void copyAll(Lanes registers, List<Integer> targets, List<Integer> sources, int count) {
        for (int i = 0; i < targets.size(); i++) {
            registers.copy(targets.get(i), sources.get(i), count);
        }
    }
}
