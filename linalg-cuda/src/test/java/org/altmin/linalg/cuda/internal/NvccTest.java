package org.altmin.linalg.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Reduction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is generated is CUDA C: NVIDIA's compiler and assembler take it, with the options that NVRTC is given. */
class NvccTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void requireNvcc() throws IOException, InterruptedException {
        assumeTrue(runs("nvcc", "--version"), "There is no nvcc on the PATH to compile generated kernels with.");
    }

    @ParameterizedTest
    @EnumSource
    void takesEveryOperatorInEveryForm(Real element) throws IOException, InterruptedException {
        List<KernelVariant> variants = new ArrayList<>();
        addForms(variants, element);
        BuiltInKernels.operations().values().forEach(kernel -> addSingly(variants, kernel, element));
        BuiltInKernels.operators().values().forEach(kernel -> addSingly(variants, kernel, element));
        StringBuilder source = new StringBuilder();
        // In namespaces of their own, kernels of the same name must not have the one name that C gives them.
        source.append("#define KERNEL(name, Arguments, threads) ")
                .append("__global__ void __launch_bounds__(threads) name(const Arguments a)\n")
                .append(Compiler.resource("prelude.cu"));
        for (int k = 0; k < variants.size(); k++) {
            source.append("namespace v").append(k).append(" {\n").append(KernelSource.of(variants.get(k)))
                    .append("}\n");
        }
        source.append("#define ELEMENT ").append(element.keyword()).append('\n')
                .append(Compiler.resource("utilities.cu"));
        assertThat(compiles(source.toString())).as(messages()).isTrue();
    }

    @Test
    void refusesAnythingElse() throws IOException, InterruptedException {
        assertThat(compiles(Compiler.resource("prelude.cu") + "\nKERNEL(x, int, 256) { undeclared(); }")).isFalse();
        assertThat(messages()).contains("undeclared");
    }

    private static void addForms(List<KernelVariant> variants, Real element) {
        Kernel one = Kernel.map(Expr.input(0).exp().plus(Expr.input(1)));
        for (boolean aligned : new boolean[] {true, false}) {
            for (boolean even : new boolean[] {true, false}) {
                for (Broadcast second : Broadcast.values()) {
                    List<Broadcast> inputs = List.of(Broadcast.FULL, second);
                    variants.add(new KernelVariant(one, Form.ELEMENTS, null, element, element, inputs, 4, aligned, even,
                            even, 1, 256, 1));
                }
            }
        }
        for (Reduction reduction : Reduction.values()) {
            List<Broadcast> inputs = List.of(Broadcast.FULL, Broadcast.COLUMN);
            variants.add(new KernelVariant(one, Form.ALONG_ROWS, reduction, element, Real.DOUBLE, inputs, 1, true, true,
                    false, 16, 256, 1));
            variants.add(new KernelVariant(one, Form.ALONG_COLUMNS, reduction, element, element, inputs, 4, true, true,
                    false, 32, 256, 1));
            variants.add(new KernelVariant(one, Form.ALONG_COLUMNS, reduction, element, element, inputs, 1, true, true,
                    true, 256, 256, 1));
        }
    }

    private static void addSingly(List<KernelVariant> variants, Kernel kernel, Real element) {
        List<Broadcast> inputs = List.of(Broadcast.FULL, Broadcast.ROW);
        if (kernel.columnCoupled()) {
            variants.add(new KernelVariant(kernel, Form.COUPLED, null, element, element, inputs, 1, true, true, false,
                    16, 128, 1));
        } else {
            variants.add(new KernelVariant(kernel, Form.ELEMENTS, null, element, element, inputs, 1, true, true, false,
                    1, 256, 1));
        }
    }

    private boolean compiles(String source) throws IOException, InterruptedException {
        Path file = folder.resolve("kernels.cu");
        Files.writeString(file, source);
        return runs("nvcc", "-cubin", "-arch=sm_90", "--fmad=false", "--ftz=false", "--prec-div=true",
                "--prec-sqrt=true", "--std=c++17", "-o", folder.resolve("kernels.cubin").toString(), file.toString());
    }

    private boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("messages").toFile()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String messages() throws IOException {
        return Files.readString(folder.resolve("messages"));
    }
}
