package org.altmin.linalg.cuda.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.spi.Instruction;

/**
 * The CUDA C of one variant of a kernel, to be put behind {@code prelude.cu}: one fused pass over the inputs. Its
 * arguments are one structure: rows, columns, chunk, the partial results, the inputs that are used, the outputs, the
 * parameters.
 */
final class KernelSource {

    /** The entry point, and that of the reduction of partial results along rows. */
    static final String ENTRY = "kernel";
    static final String FINISH = "finish";

    /** Kernels up to this size are run several elements at a time, so that more reads are under way. */
    private static final int SMALL = 40;

    private final KernelVariant variant;
    private final Kernel kernel;
    private final Real register;
    private final BitSet used;
    private final Source source = new Source();

    private KernelSource(KernelVariant variant) {
        this.variant = variant;
        this.kernel = variant.kernel();
        this.register = variant.register();
        this.used = KernelProgram.inputs(kernel);
    }

    static String of(KernelVariant variant) {
        KernelSource writer = new KernelSource(variant);
        writer.write();
        return writer.source.toString();
    }

    private void write() {
        writeArguments();
        source.line("typedef " + (variant.wide() ? "long long" : "int") + " Index;");
        switch (variant.form()) {
            case ELEMENTS -> {
                writeEvaluate();
                writeElements();
            }
            case ALONG_ROWS -> {
                writeEvaluate();
                writeAlongRows();
                writeFinish();
            }
            case ALONG_COLUMNS -> {
                writeEvaluate();
                writeAlongColumns();
            }
            case COUPLED -> writeCoupled();
        }
    }

    private void writeArguments() {
        source.open("struct Arguments");
        source.line("long long rows;").line("long long columns;").line("long long chunk;").line("double *partials;");
        eachInput(k -> source.line("const " + variant.input().keyword() + " *x" + k + ";"));
        for (int k = 0; k < outputs(); k++) {
            source.line(variant.output().keyword() + " *y" + k + ";");
        }
        for (int k = 0; k < kernel.parameters(); k++) {
            source.line(register.keyword() + " p" + k + ";");
        }
        source.close(";");
    }

    /** The function that maps the values of the inputs at an element to the values of outputs and totals there. */
    private void writeEvaluate() {
        source.open("struct Values");
        for (String result : results()) {
            source.line(register.keyword() + " " + result + ";");
        }
        source.close(";");
        String parameters = "const Arguments &a" + used.stream()
                .mapToObj(k -> ", const " + register.keyword() + " x" + k).collect(Collectors.joining());
        source.open("FUNCTION Values evaluate(" + parameters + ")");
        InstructionWriter instructions = new InstructionWriter(source, kernel, register, "", k -> "x" + k);
        instructions.declareUniforms();
        instructions.declareRegisters("");
        instructions.write(kernel.instructions());
        source.line("Values values;");
        for (int k = 0; k < kernel.outputs().size(); k++) {
            source.line("values.y" + k + " = " + instructions.name(kernel.outputs().get(k)) + ";");
        }
        for (int k = 0; k < kernel.totals().size(); k++) {
            source.line("values.t" + k + " = " + instructions.name(kernel.totals().get(k).register()) + ";");
        }
        source.line("return values;");
        source.close();
    }

    private void writeElements() {
        int lanes = variant.lanes();
        openKernel();
        source.line("const Index rows = a.rows;");
        source.line("const Index elements = a.rows * a.columns;");
        source.line("const Index step = static_cast<Index>(gridDim.x) * " + variant.threads() + ";");
        source.line("const Index first = static_cast<Index>(blockIdx.x) * " + variant.threads() + " + threadIdx.x;");
        declareTotals();
        source.open("for (Index v = first; v < elements / " + lanes + "; v += step)");
        source.line("const Index e = v * " + lanes + ";");
        declarePosition();
        loadVectors();
        for (int k = 0; k < kernel.outputs().size(); k++) {
            source.line("Vector<" + variant.output().keyword() + ", " + lanes + "> to" + k + ";");
        }
        source.directive("#pragma unroll");
        source.open("for (int l = 0; l < " + lanes + "; l++)");
        evaluate(this::fromVector);
        for (int k = 0; k < kernel.outputs().size(); k++) {
            source.line("to" + k + ".lane[l] = " + stored("values.y" + k) + ";");
        }
        addToTotals("values.t");
        if (needsPosition() && !variant.evenRows() && lanes > 1) {
            source.open("if (++i == rows)").line("i = 0;").line("j++;").close();
        }
        source.close();
        for (int k = 0; k < kernel.outputs().size(); k++) {
            source.line((variant.aligned() ? "store(" : "storeSingly(") + "a.y" + k + " + e, to" + k + ");");
        }
        source.close();
        if (lanes > 1) {
            source.open("for (Index e = elements / " + lanes + " * " + lanes + " + first; e < elements; e += step)");
            declarePosition();
            evaluate(this::fromMemory);
            for (int k = 0; k < kernel.outputs().size(); k++) {
                source.line("a.y" + k + "[e] = " + stored("values.y" + k) + ";");
            }
            addToTotals("values.t");
            source.close();
        }
        writeTotals();
        source.close();
    }

    private void writeAlongRows() {
        int group = variant.group();
        int threads = variant.threads();
        openKernel();
        source.line("__shared__ double partial[" + threads + "];");
        source.line("const Index rows = a.rows;");
        source.line("const Index i = static_cast<Index>(blockIdx.x) * " + group + " + threadIdx.x % " + group + ";");
        source.line("const Index from = static_cast<Index>(blockIdx.y) * a.chunk;");
        source.line("const Index to = from + a.chunk < a.columns ? from + a.chunk : a.columns;");
        source.line("double sum = neutral<" + isMaximum() + ">();");
        source.open("if (i < rows)");
        source.directive(KernelProgram.size(kernel.instructions()) <= SMALL ? "#pragma unroll 4" : "#pragma unroll 1");
        source.open("for (Index j = from + threadIdx.x / " + group + "; j < to; j += " + threads / group + ")");
        source.line("const Index e = j * rows + i;");
        evaluate(this::fromMemory);
        source.line("sum = combine<" + isMaximum() + ">(sum, values.y0);");
        source.close();
        source.close();
        source.line("partial[threadIdx.x] = sum;");
        source.line("__syncthreads();");
        source.open("if (threadIdx.x < " + group + " && i < rows)");
        source.open("for (int k = " + group + "; k < " + threads + "; k += " + group + ")");
        source.line("sum = combine<" + isMaximum() + ">(sum, partial[k + threadIdx.x]);");
        source.close();
        source.line("a.partials[static_cast<long long>(blockIdx.y) * a.rows + i] = sum;");
        source.close();
        source.close();
    }

    /** {@code chunk} holds the number of chunks now. */
    private void writeFinish() {
        source.open("KERNEL(" + FINISH + ", Arguments, " + variant.threads() + ")");
        source.line("const long long i = static_cast<long long>(blockIdx.x) * " + variant.threads()
                + " + threadIdx.x;");
        source.open("if (i < a.rows)");
        source.line("double sum = neutral<" + isMaximum() + ">();");
        // A sum waits for memory: several reads are under way at a time.
        source.directive("#pragma unroll 8");
        source.open("for (long long chunk = 0; chunk < a.chunk; chunk++)");
        source.line("sum = combine<" + isMaximum() + ">(sum, a.partials[chunk * a.rows + i]);");
        source.close();
        source.line("a.y0[i] = " + stored("sum") + ";");
        source.close();
        source.close();
    }

    private void writeAlongColumns() {
        int group = variant.group();
        int lanes = variant.lanes();
        openKernel();
        openColumns();
        source.line("double sum = neutral<" + isMaximum() + ">();");
        source.open("if (present)");
        source.open("for (Index i = lane * " + lanes + "; i < rows; i += " + group * lanes + ")");
        source.line("const Index e = j * rows + i;");
        loadVectors();
        source.directive("#pragma unroll");
        source.open("for (int l = 0; l < " + lanes + "; l++)");
        evaluate(this::fromVector);
        source.line("sum = combine<" + isMaximum() + ">(sum, values.y0);");
        source.close();
        source.close();
        source.close();
        source.line("sum = across<" + group + ", " + isMaximum() + ">(sum);");
        writeColumnResult("sum");
        source.close();
        source.close();
    }

    private void writeCoupled() {
        openKernel();
        declareTotals();
        InstructionWriter instructions = new InstructionWriter(source, kernel, register, "[k]",
                k -> "live ? " + fromMemory(k) + " : 0");
        instructions.declareUniforms();
        openColumns();
        instructions.declareRegisters("[" + variant.perThread() + "]");
        writeBlock(instructions, kernel.instructions());
        if (variant.reducesToOutput()) {
            writeColumnReduction("sum", variant.reduction(), instructions.name(kernel.outputs().get(0)));
            writeColumnResult("sum");
        } else {
            openElements();
            source.open("if (live)");
            for (int k = 0; k < kernel.outputs().size(); k++) {
                source.line("a.y" + k + "[e] = " + stored(instructions.name(kernel.outputs().get(k))) + ";");
            }
            for (int k = 0; k < kernel.totals().size(); k++) {
                Kernel.Total total = kernel.totals().get(k);
                addToTotal(k, instructions.name(total.register()));
            }
            source.close();
            source.close();
        }
        source.close();
        writeTotals();
        source.close();
    }

    /** Stretches of instructions of one element run over the thread's elements; the others run once. */
    private void writeBlock(InstructionWriter instructions, List<Instruction> program) {
        List<Instruction> stretch = new ArrayList<>();
        for (Instruction instruction : program) {
            if (!KernelProgram.isCoupled(instruction)) {
                stretch.add(instruction);
                continue;
            }
            writeStretch(instructions, stretch);
            stretch.clear();
            if (instruction instanceof Instruction.ColumnReduce reduce) {
                source.open("");
                writeColumnReduction("whole", reduce.reduction(), instructions.name(reduce.x()));
                openElements();
                instructions.assign(reduce.target(), "whole");
                source.close();
                source.close();
            } else {
                writeCoupledLoop(instructions, (Instruction.Loop) instruction);
            }
        }
        writeStretch(instructions, stretch);
    }

    private void writeStretch(InstructionWriter instructions, List<Instruction> stretch) {
        if (!stretch.isEmpty()) {
            openElements();
            instructions.write(stretch);
            source.close();
        }
    }

    private void writeCoupledLoop(InstructionWriter instructions, Instruction.Loop loop) {
        openElements();
        instructions.assign(loop.states(), loop.initial());
        source.close();
        source.open(instructions.loopHead(loop));
        writeBlock(instructions, loop.body());
        openElements();
        instructions.assign(loop.states(), loop.next());
        source.close();
        source.close();
    }

    private void writeColumnReduction(String name, Reduction reduction, String x) {
        boolean maximum = reduction == Reduction.MAX;
        source.line("double " + name + " = neutral<" + maximum + ">();");
        openElements();
        source.open("if (live)").line(name + " = combine<" + maximum + ">(" + name + ", " + x + ");").close();
        source.close();
        source.line(name + " = across<" + variant.group() + ", " + maximum + ">(" + name + ");");
    }

    /** Runs over the elements of the column that this thread holds. */
    private void openElements() {
        source.directive(variant.perThread() <= 8 ? "#pragma unroll" : "#pragma unroll 1");
        source.open("for (int k = 0; k < " + variant.perThread() + "; k++)");
        source.line("const Index i = lane + k * " + variant.group() + ";");
        source.line("const Index e = j * rows + i;");
        source.line("const bool live = present && i < rows;");
    }

    /** Runs over columns; the threads of a warp, or of the block if it shares a column, stay together. */
    private void openColumns() {
        int together = variant.threads() / variant.group();
        source.line("const Index rows = a.rows;");
        source.line("const int lane = threadIdx.x % " + variant.group() + ";");
        source.open("for (Index base = static_cast<Index>(blockIdx.x) * " + together + "; base < a.columns; "
                + "base += static_cast<Index>(gridDim.x) * " + together + ")");
        source.line("const Index j = base + threadIdx.x / " + variant.group() + ";");
        source.line("const bool present = j < a.columns;");
    }

    private void writeColumnResult(String name) {
        source.open("if (present && lane == 0)").line("a.y0[j] = " + stored(name) + ";").close();
    }

    private void openKernel() {
        source.open("KERNEL(" + ENTRY + ", Arguments, " + variant.threads() + ")");
    }

    private void declarePosition() {
        if (needsPosition()) {
            source.line("Index j = e / rows;");
            source.line("Index i = e - j * rows;");
        }
    }

    private boolean needsPosition() {
        return used.stream().mapToObj(variant.inputs()::get)
                .anyMatch(broadcast -> broadcast == Broadcast.ROW || broadcast == Broadcast.COLUMN);
    }

    /** Reads what is read before the lanes are evaluated: full inputs, and columns where lanes do not cross rows. */
    private void loadVectors() {
        eachInput(k -> {
            if (isVector(k)) {
                String type = variant.input().keyword() + ", " + variant.lanes();
                source.line("const Vector<" + type + "> from" + k + " = "
                        + (variant.aligned() ? "load<" : "loadSingly<") + type + ">(a.x" + k + " + "
                        + variant.inputs().get(k).index() + ");");
            }
        });
    }

    private boolean isVector(int k) {
        Broadcast broadcast = variant.inputs().get(k);
        return broadcast == Broadcast.FULL || broadcast == Broadcast.COLUMN && variant.evenRows();
    }

    private String fromVector(int k) {
        return isVector(k) ? "from" + k + ".lane[l]" : fromMemory(k);
    }

    private String fromMemory(int k) {
        return "a.x" + k + "[" + variant.inputs().get(k).index() + "]";
    }

    private void evaluate(IntFunction<String> input) {
        String arguments = used.stream().mapToObj(k -> ", " + input.apply(k)).collect(Collectors.joining());
        source.line("const Values values = evaluate(a" + arguments + ");");
    }

    private void declareTotals() {
        for (int k = 0; k < kernel.totals().size(); k++) {
            source.line("double total" + k + " = neutral<" + isMaximum(k) + ">();");
        }
    }

    private void addToTotals(String values) {
        for (int k = 0; k < kernel.totals().size(); k++) {
            addToTotal(k, values + k);
        }
    }

    private void addToTotal(int k, String value) {
        source.line("total" + k + " = combine<" + isMaximum(k) + ">(total" + k + ", " + value + ");");
    }

    private void writeTotals() {
        int count = kernel.totals().size();
        for (int k = 0; k < count; k++) {
            source.line("total" + k + " = acrossBlock<" + variant.threads() + ", " + isMaximum(k) + ">(total" + k
                    + ");");
        }
        if (count > 0) {
            source.open("if (threadIdx.x == 0)");
            for (int k = 0; k < count; k++) {
                source.line("a.partials[blockIdx.x * " + count + " + " + k + "] = total" + k + ";");
            }
            source.close();
        }
    }

    private boolean isMaximum(int total) {
        return kernel.totals().get(total).reduction() == Reduction.MAX;
    }

    private boolean isMaximum() {
        return variant.reduction() == Reduction.MAX;
    }

    private String stored(String value) {
        return "static_cast<" + variant.output().keyword() + ">(" + value + ")";
    }

    private int outputs() {
        return kernel.outputs().size();
    }

    private List<String> results() {
        List<String> result = new ArrayList<>();
        IntStream.range(0, outputs()).forEach(k -> result.add("y" + k));
        IntStream.range(0, kernel.totals().size()).forEach(k -> result.add("t" + k));
        return result;
    }

    private void eachInput(IntConsumer action) {
        used.stream().forEach(action);
    }
}
