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
    /** For each worker the columns of the chunk that its slots are prepared for; 0 before its first chunk. */
    private final int[] preparedColumns;

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
        preparedColumns = new int[lanes.length];
        covers = new Cover[program.kernel().inputs()];
        for (int i = 0; i < covers.length; i++) {
            covers[i] = cover(inputs[i]);
        }
        writesInPlace = new boolean[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            writesInPlace[i] = !grid.byRows() && lanes[0].canBind(HeapBuffer.of(outputs[i]))
                    && mayOverwriteInputs(i);
        }
    }

    /** Evaluates a chunk and leaves its values in the worker's lanes, which the worker then hands to {@link #write}. */
    Lanes evaluate(int worker, int chunk) {
        Lanes registers = lanes[worker];
        int columns = grid.columnsOf(chunk);
        if (preparedColumns[worker] < columns || grid.byRows() && preparedColumns[worker] > columns) {
            prepare(registers, columns);
            preparedColumns[worker] = columns;
        }
        for (int i = 0; i < covers.length; i++) {
            read(registers, i, chunk);
        }
        for (int i = 0; i < outputs.length; i++) {
            if (writesInPlace[i]) {
                registers.bind(program.outputSlot(i), HeapBuffer.of(outputs[i]), place(outputs[i], chunk));
            }
        }
        run(registers, program.steps(), grid.rowsOf(chunk), columns);
        return registers;
    }

    /** Stores the outputs that were not computed in place. Inputs bound to the lanes may be lost by this. */
    void write(Lanes registers, int chunk) {
        int rows = grid.rowsOf(chunk);
        int columns = grid.columnsOf(chunk);
        for (int i = 0; i < outputs.length; i++) {
            HeapBuffer buffer = HeapBuffer.of(outputs[i]);
            int at = place(outputs[i], chunk);
            if (grid.byRows()) {
                boolean inPlace = registers.canBind(buffer);
                if (inPlace) {
                    registers.bind(spareSlot(), buffer, at);
                }
                registers.transpose(spareSlot(), program.outputSlot(i), columns, rows);
                if (!inPlace) {
                    registers.store(spareSlot(), buffer, at, rows * columns);
                }
            } else if (!writesInPlace[i]) {
                registers.store(program.outputSlot(i), buffer, at, rows * columns);
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

    /** What holds for all chunks of so many columns: uniforms, scalars, and columns that repeat within a chunk. */
    private void prepare(Lanes registers, int columns) {
        int width = grid.width();
        registers.reserve(spareSlot() + 1, width);
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
            } else if (covers[i] == Cover.COLUMN && grid.byRows()) {
                registers.load(program.inputSlot(i), 0, buffer, at, grid.rows());
                registers.spread(program.inputSlot(i), grid.rows(), columns);
            } else if (covers[i] == Cover.COLUMN && !grid.oneColumnEach()) {
                for (int j = 0; j < columns; j++) {
                    registers.load(program.inputSlot(i), j * grid.rows(), buffer, at, grid.rows());
                }
            }
        }
    }

    private void read(Lanes registers, int input, int chunk) {
        int slot = program.inputSlot(input);
        int rows = grid.rowsOf(chunk);
        int columns = grid.columnsOf(chunk);
        HeapBuffer buffer = HeapBuffer.of(inputs[input]);
        int first = HeapBuffer.offset(inputs[input]);
        switch (covers[input]) {
            case WHOLE -> {
                if (grid.byRows()) {
                    bindOrLoad(registers, spareSlot(), buffer, place(inputs[input], chunk), rows * columns);
                    registers.transpose(slot, spareSlot(), rows, columns);
                } else {
                    bindOrLoad(registers, slot, buffer, place(inputs[input], chunk), rows * columns);
                }
            }
            case COLUMN -> {
                if (grid.oneColumnEach()) {
                    bindOrLoad(registers, slot, buffer, first + grid.firstRow(chunk), rows);
                }
            }
            case ROW -> {
                registers.load(slot, 0, buffer, first + grid.firstColumn(chunk), columns);
                if (grid.byRows()) {
                    for (int i = 1; i < rows; i++) {
                        registers.load(slot, i * columns, buffer, first + grid.firstColumn(chunk), columns);
                    }
                } else {
                    registers.spread(slot, columns, rows);
                }
            }
            case SCALAR -> {
            }
        }
    }

    private void bindOrLoad(Lanes registers, int slot, HeapBuffer buffer, int at, int count) {
        if (registers.canBind(buffer)) {
            registers.bind(slot, buffer, at);
        } else {
            registers.load(slot, 0, buffer, at, count);
        }
    }

    /** Where the elements of a chunk begin in a matrix that covers the whole grid. */
    private int place(Matrix matrix, int chunk) {
        return HeapBuffer.offset(matrix) + grid.firstColumn(chunk) * grid.rows() + grid.firstRow(chunk);
    }

    /** A slot beyond the program's, for what is transposed. */
    private int spareSlot() {
        return program.slots();
    }

    private void run(Lanes registers, List<Instruction> steps, int rows, int columns) {
        for (int i = 0; i < steps.size(); i++) {
            run(registers, steps.get(i), rows, columns);
        }
    }

    private void run(Lanes registers, Instruction step, int rows, int columns) {
        int count = rows * columns;
        if (step instanceof Instruction.Binary i) {
            registers.binary(i.operation(), i.target(), i.x(), i.y(), count);
        } else if (step instanceof Instruction.Unary i) {
            registers.unary(i.operation(), i.target(), i.x(), count);
        } else if (step instanceof Instruction.Select i) {
            registers.select(i.target(), i.condition(), i.whenTrue(), i.whenFalse(), count);
        } else if (step instanceof Instruction.Copy i) {
            registers.copy(i.target(), i.x(), count);
        } else if (step instanceof Instruction.ColumnReduce i) {
            reduceColumns(registers, i, rows, columns);
        } else if (step instanceof Instruction.Loop i) {
            copyAll(registers, i.states(), i.initial(), count);
            for (int round = 0; round < i.rounds(); round++) {
                run(registers, i.body(), rows, columns);
                copyAll(registers, i.states(), i.next(), count);
            }
        }
    }

    private void reduceColumns(Lanes registers, Instruction.ColumnReduce step, int rows, int columns) {
        if (grid.byRows()) {
            registers.reduceColumns(step.reduction(), step.target(), step.x(), rows, columns);
        } else {
            for (int j = 0; j < columns; j++) {
                double value = registers.reduce(step.reduction(), step.x(), j * rows, rows);
                registers.fill(step.target(), j * rows, rows, value);
            }
        }
    }

    private static void copyAll(Lanes registers, List<Integer> targets, List<Integer> sources, int count) {
        for (int i = 0; i < targets.size(); i++) {
            registers.copy(targets.get(i), sources.get(i), count);
        }
    }
}
