package org.altmin.linalg.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.cpu.CpuProvider;
import org.altmin.linalg.cuda.CudaProvider;
import org.altmin.linalg.cuda.Simulator;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation and every built-in operator gives in generated source, compiled for the host, what the CPU's
 * evaluator gives: within 1e-6 in float32 and 1e-14 in float64 of the larger of 1, operands and result.
 */
class OperatorsOnSimulatedDeviceTest {

    private static final int ROWS = 10;
    private static final int COLUMNS = 120;
    private static final double[] SPECIALS = {0.0, -0.0, 1, -1, 0.5, 1e-30, -1e-30, 30, -30, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY, Double.NaN};

    static Stream<Arguments> kernels() {
        Map<String, Kernel> all = new LinkedHashMap<>(BuiltInKernels.operations());
        all.putAll(BuiltInKernels.operators());
        return all.entrySet().stream().flatMap(entry -> Stream.of(Precision.values())
                .map(precision -> Arguments.of(entry.getKey(), precision, entry.getValue())));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("kernels")
    void agreesWithTheCpu(String name, Precision precision, Kernel kernel) {
        Simulator.use();
        double[][] inputs = name.startsWith("loss") ? targets() : operands(precision);
        List<double[]> expected = run(new CpuProvider(), precision, kernel, inputs);
        List<double[]> actual = run(new CudaProvider(), precision, kernel, inputs);
        double tolerance = precision == Precision.FLOAT32 ? 1e-6 : 1e-14;
        for (int k = 0; k < expected.size(); k++) {
            for (int i = 0; i < expected.get(k).length; i++) {
                double e = expected.get(k)[i];
                double a = actual.get(k)[i];
                boolean same = Double.compare(e, a) == 0;
                double scale = Math.max(Math.max(1, finite(e)), Math.max(finite(inputs[0][i]), finite(inputs[1][i])));
                assertThat(same || Math.abs(e - a) <= tolerance * scale)
                        .as("result %d of %s in %s for (%s, %s): %s, by the CPU %s", k, name, precision, inputs[0][i],
                                inputs[1][i], a, e)
                        .isTrue();
            }
        }
    }

    private static double finite(double x) {
        return Double.isFinite(x) ? Math.abs(x) : 0;
    }

    private static List<double[]> run(LinearAlgebraProvider provider, Precision precision, Kernel kernel,
            double[][] inputs) {
        LinearAlgebraOptions options = LinearAlgebraOptions.of(precision).withThreads(1);
        try (LinearAlgebra la = new LinearAlgebra(provider.name(), provider.open(options))) {
            Matrix first = la.of(ROWS, COLUMNS, inputs[0]);
            Matrix second = la.of(ROWS, COLUMNS, inputs[1]);
            Matrix[] outputs = new Matrix[kernel.outputs().size()];
            for (int k = 0; k < outputs.length; k++) {
                outputs[k] = la.allocate(ROWS, COLUMNS);
            }
            la.apply(kernel, outputs, new double[kernel.totals().size()], new double[] {0.75}, first, second);
            return Stream.of(outputs).map(la::toArray).toList();
        }
    }

    /** All pairs of special values, and random ones. */
    private static double[][] operands(Precision precision) {
        double[][] result = new double[2][ROWS * COLUMNS];
        RandomStream random = new RandomStream(5);
        int squares = SPECIALS.length * SPECIALS.length;
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            boolean special = i < squares;
            for (int k = 0; k < 2; k++) {
                double value = special ? SPECIALS[k == 0 ? i / SPECIALS.length : i % SPECIALS.length]
                        : 3 * random.nextGaussian();
                result[k][i] = precision == Precision.FLOAT32 ? (float) value : value;
            }
        }
        return result;
    }

    /** Finite values and, column by column, ones where a class is meant. */
    private static double[][] targets() {
        double[][] result = new double[2][ROWS * COLUMNS];
        RandomStream random = new RandomStream(6);
        for (int j = 0; j < COLUMNS; j++) {
            for (int i = 0; i < ROWS; i++) {
                result[0][j * ROWS + i] = (float) (3 * random.nextGaussian());
                result[1][j * ROWS + i] = i == j % ROWS ? 1 : 0;
            }
        }
        return result;
    }
}
