package org.altmin.linalg.cpu.internal;

import java.util.List;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.spi.Instruction;

/** One run of a {@link Program} over the chunks of a {@link Grid}: binds its slots and carries out its steps. */
final class Pass {

    /** How an input covers the elements. */
    private enum Cover { WHOLE, COLUMN, ROW, SCALAR }

    private final Program program;
    private final Grid grid;
    private final Matrix[] outputs;
    private final double[] parameters;
    private final Matrix[] inputs;
    private final Cover[] covers;
    private final boolean[] writesInPlace;
    private final Lanes[] lanes;
    private final boolean[] prepared;

    /**
     * @param lanes one per worker
     */
    Pass(Program program, Grid grid, Matrix[] outputs, double[] parameters, Matrix[] inputs, Lanes[] lanes) {
        this.program = program;
        this.grid = grid;
        this.outputs = outputs;
        this.parameters = parameters;
        this.inputs = inputs;
        this.lanes = lanes;
        prepared = new boolean[lanes.length];
        covers = new Cover[program.kernel().inputs()];
        for (int i = 0; i < covers.length; i++) {
            covers[i] = cover(inputs[i]);
        }
        writesInPlace = new boolean[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            writesInPlace[i] = lanes[0].canBind(HeapBuffer.of(outputs[i])) && mayOverwriteInputs(i);
        }
    }

    /** Evaluates a chunk and leaves its values in the worker's lanes, which the worker then hands to {@link #write}. */
    Lanes evaluate(int worker, int chunk) {
        Lanes registers = lanes[worker];
        if (!prepared[worker]) {
            prepare(registers);
            prepared[worker] = true;
        }
        int first = elementAt(chunk);
        int count = grid.rowsOf(chunk) * grid.columnsOf(chunk);
        for (int i = 0; i < covers.length; i++) {
            read(registers, i, chunk, first, count);
        }
        for (int i = 0; i < outputs.length; i++) {
            if (writesInPlace[i]) {
                registers.bind(program.outputSlot(i), HeapBuffer.of(outputs[i]), HeapBuffer.offset(outputs[i]) + first);
            }
        }
        run(registers, program.steps(), count, grid.rowsOf(chunk));
        return registers;
    }

    /** Stores the outputs that were not computed in place. Inputs bound to the lanes may be lost by this. */
    void write(Lanes registers, int chunk) {
        int count = grid.rowsOf(chunk) * grid.columnsOf(chunk);
        for (int i = 0; i < outputs.length; i++) {
            if (!writesInPlace[i]) {
                registers.store(program.outputSlot(i), HeapBuffer.of(outputs[i]),
                        HeapBuffer.offset(outputs[i]) + elementAt(chunk), count);
            }
        }
    }

    private Cover cover(Matrix input) {
        if (input.size() == (long) grid.rows() * grid.columns()) {
            return Cover.WHOLE;
        } else if (input.size() == 1) {
            return Cover.SCALAR;
        }
        return input.columns() == 1 ? Cover.COLUMN : Cover.ROW;
    }

    private boolean mayOverwriteInputs(int output) {
        for (int i = 0; i < covers.length; i++) {
            boolean same = inputs[i].buffer() == outputs[output].buffer()
                    && inputs[i].offset() == outputs[output].offset();
            if (same && !program.mayOverwrite(output, i)) {
                return false;
            }
        }
        return true;
    }

    /** What holds for all chunks: uniforms, scalars, and columns that repeat within a chunk. */
    private void prepare(Lanes registers) {
        int width = grid.width();
        registers.reserve(program.slots(), width);
        for (Instruction uniform : program.kernel().uniforms()) {
            double value = uniform instanceof Instruction.Constant constant
                    ? constant.value()
                    : parameters[((Instruction.Parameter) uniform).parameter()];
            registers.fill(uniform.target(), 0, width, value);
        }
        for (int i = 0; i < covers.length; i++) {
            HeapBuffer buffer = HeapBuffer.of(inputs[i]);
            int at = HeapBuffer.offset(inputs[i]);
            if (covers[i] == Cover.SCALAR) {
                registers.fill(program.inputSlot(i), 0, width, buffer.get(at));
            } else if (covers[i] == Cover.COLUMN && !grid.oneColumnEach()) {
                for (int to = 0; to < width; to += grid.rows()) {
                    registers.load(program.inputSlot(i), to, buffer, at, grid.rows());
                }
            }
        }
    }

    private void read(Lanes registers, int input, int chunk, int first, int count) {
        switch (covers[input]) {
            case WHOLE -> bindOrLoad(registers, input, first, count);
            case COLUMN -> {
                if (grid.oneColumnEach()) {
                    bindOrLoad(registers, input, grid.firstRow(chunk), count);
                }
            }
            case ROW -> {
                HeapBuffer buffer = HeapBuffer.of(inputs[input]);
                int at = HeapBuffer.offset(inputs[input]) + grid.firstColumn(chunk);
                int rows = grid.rowsOf(chunk);
                for (int j = 0; j < grid.columnsOf(chunk); j++) {
                    registers.fill(program.inputSlot(input), j * rows, rows, buffer.get(at + j));
                }
            }
            case SCALAR -> {
            }
        }
    }

    private void bindOrLoad(Lanes registers, int input, int from, int count) {
        HeapBuffer buffer = HeapBuffer.of(inputs[input]);
        int at = HeapBuffer.offset(inputs[input]) + from;
        if (registers.canBind(buffer)) {
            registers.bind(program.inputSlot(input), buffer, at);
        } else {
            registers.load(program.inputSlot(input), 0, buffer, at, count);
        }
    }

    private int elementAt(int chunk) {
        return grid.firstColumn(chunk) * grid.rows() + grid.firstRow(chunk);
    }

    private static void run(Lanes registers, List<Instruction> steps, int count, int rows) {
        for (int i = 0; i < steps.size(); i++) {
            run(registers, steps.get(i), count, rows);
        }
    }

    private static void run(Lanes registers, Instruction step, int count, int rows) {
        if (step instanceof Instruction.Binary i) {
            registers.binary(i.operation(), i.target(), i.x(), i.y(), count);
        } else if (step instanceof Instruction.Unary i) {
            registers.unary(i.operation(), i.target(), i.x(), count);
        } else if (step instanceof Instruction.Select i) {
            registers.select(i.target(), i.condition(), i.whenTrue(), i.whenFalse(), count);
        } else if (step instanceof Instruction.Copy i) {
            registers.copy(i.target(), i.x(), count);
        } else if (step instanceof Instruction.ColumnReduce i) {
            for (int at = 0; at < count; at += rows) {
                registers.fill(i.target(), at, rows, registers.reduce(i.reduction(), i.x(), at, rows));
            }
        } else if (step instanceof Instruction.Loop i) {
            copyAll(registers, i.states(), i.initial(), count);
            for (int round = 0; round < i.rounds(); round++) {
                run(registers, i.body(), count, rows);
                copyAll(registers, i.states(), i.next(), count);
            }
        }
    }

    private static void copyAll(Lanes registers, List<Integer> targets, List<Integer> sources, int count) {
        for (int i = 0; i < targets.size(); i++) {
            registers.copy(targets.get(i), sources.get(i), count);
        }
    }
}
