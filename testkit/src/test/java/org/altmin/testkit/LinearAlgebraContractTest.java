package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.UnaryOperation;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Factorization;
import org.altmin.linalg.spi.Instruction;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract notices a backend that does one thing wrong. */
class LinearAlgebraContractTest {

    private static final Precision DOUBLE = Precision.FLOAT64;
    private static final Precision SINGLE = Precision.FLOAT32;

    /** Changes the arguments of one method of the reference, or the result after it. */
    private interface Fault {

        /** @param call runs the correct method with these arguments */
        Object run(Backend backend, Object[] arguments, Call call) throws Throwable;
    }

    private interface Call {
        Object with(Object[] arguments) throws Throwable;
    }

    private record Faulty(String method, Fault fault) implements LinearAlgebraProvider {

        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public String description() {
            return "the reference with a fault";
        }

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public Availability availability() {
            return new Availability.Available("always");
        }

        @Override
        public Backend open(LinearAlgebraOptions options) {
            LinearAlgebraOptions known = new LinearAlgebraOptions(options.precision(), 1, Map.of());
            Backend correct = new ReferenceProvider().open(known);
            return (Backend) Proxy.newProxyInstance(Backend.class.getClassLoader(), new Class<?>[] {Backend.class},
                    (proxy, called, arguments) -> {
                        Call call = changed -> invoke(correct, called, changed);
                        return called.getName().equals(method) ? fault.run(correct, arguments, call)
                                : call.with(arguments);
                    });
        }

        private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private static final class Judged extends LinearAlgebraContract {

        private final LinearAlgebraProvider provider;

        Judged(LinearAlgebraProvider provider) {
            this.provider = provider;
        }

        @Override
        protected LinearAlgebraProvider provider() {
            return provider;
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                noticed("gemm", LinearAlgebraContractTest::transposesSquareFactors,
                        c -> c.new Products().multipliesWithEveryTranspose(DOUBLE)),
                noticed("gemm", LinearAlgebraContractTest::readsWhatBetaForgets,
                        c -> c.new Products().multipliesWithEveryTranspose(SINGLE)),
                noticed("gemm", LinearAlgebraContractTest::ignoresBeta,
                        c -> c.new Products().handlesEmptyMatrices(SINGLE)),
                noticed("gemm", scaled(0, 1 + 1e-6), c -> c.new Products().multipliesAcrossBlocks(SINGLE)),
                noticed("syrk", LinearAlgebraContractTest::writesOneTriangle,
                        c -> c.new Products().formsGramMatrices(DOUBLE)),
                noticed("gatherColumns", LinearAlgebraContractTest::ignoresFrom,
                        c -> c.new Transfers().gathersColumns(DOUBLE)),
                noticed("argmaxColumns", LinearAlgebraContractTest::keepsTheRowOfNaN,
                        c -> c.new Transfers().findsColumnMaxima(SINGLE)),
                noticed("factorization", LinearAlgebraContractTest::ignoresTheShift,
                        c -> c.new Factorizations().solvesFromTheLeft(DOUBLE)),
                noticed("factorization", LinearAlgebraContractTest::ignoresTheShift,
                        c -> c.new Factorizations().computesInDouble(SINGLE)),
                noticed("reduceRows", LinearAlgebraContractTest::skipsTheLastColumn,
                        c -> c.new Reductions().reducesAlongRows(DOUBLE)),
                noticed("apply", LinearAlgebraContractTest::totalsInFloat,
                        c -> c.new Kernels().totalsBesideOutputs(SINGLE)),
                noticed("apply", LinearAlgebraContractTest::totalsInFloat,
                        c -> c.new Kernels().accumulatesTotalsInDouble(SINGLE)),
                noticed("apply", LinearAlgebraContractTest::roundsExponentials,
                        c -> c.new Opcodes().evaluatesUnary(UnaryOperation.EXP, DOUBLE)),
                noticed("apply", LinearAlgebraContractTest::losesSignsOfZeros,
                        c -> c.new Opcodes().evaluatesBinary(BinaryOperation.MULTIPLY, SINGLE)),
                noticed("apply", LinearAlgebraContractTest::losesSignsOfZeros,
                        c -> c.new Opcodes().evaluatesUnary(UnaryOperation.TANH, DOUBLE)),
                noticed("apply", LinearAlgebraContractTest::flushesDenormals,
                        c -> c.new Opcodes().evaluatesBinary(BinaryOperation.ADD, SINGLE)),
                noticed("allocate", LinearAlgebraContractTest::allocatesTooMuch,
                        c -> c.new Lifecycle().countsBytes(SINGLE)),
                noticed("gemm", counting(), c -> c.new Determinism().repeatsBitForBit(DOUBLE)),
                noticed("none", (backend, arguments, call) -> call.with(arguments),
                        c -> c.new Provider().refusesASettingItDoesNotKnow()));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("faults")
    void notices(String method, LinearAlgebraProvider provider, Consumer<LinearAlgebraContract> test) {
        assertThatThrownBy(() -> test.accept(new Judged(provider))).isInstanceOf(AssertionError.class);
    }

    private static Arguments noticed(String method, Fault fault, Consumer<LinearAlgebraContract> test) {
        return Arguments.of(method, new Faulty(method, fault), test);
    }

    private static Object transposesSquareFactors(Backend backend, Object[] arguments, Call call) throws Throwable {
        Matrix a = (Matrix) arguments[1];
        Object[] changed = arguments.clone();
        changed[2] = (Boolean) changed[2] || a.rows() == a.columns();
        return call.with(changed);
    }

    private static Object ignoresBeta(Backend backend, Object[] arguments, Call call) throws Throwable {
        Object[] changed = arguments.clone();
        changed[5] = 0.0;
        return call.with(changed);
    }

    private static Fault scaled(int argument, double factor) {
        return (backend, arguments, call) -> {
            Object[] changed = arguments.clone();
            changed[argument] = factor * (Double) changed[argument];
            return call.with(changed);
        };
    }

    private static Fault counting() {
        int[] calls = new int[1];
        return (backend, arguments, call) -> scaled(0, 1 + 1e-15 * calls[0]++).run(backend, arguments, call);
    }

    private static Object readsWhatBetaForgets(Backend backend, Object[] arguments, Call call) throws Throwable {
        Object[] changed = arguments.clone();
        changed[5] = (Double) changed[5] == 0 ? 1e-300 : changed[5];
        return call.with(changed);
    }

    private static Object writesOneTriangle(Backend backend, Object[] arguments, Call call) throws Throwable {
        call.with(arguments);
        Matrix c = (Matrix) arguments[4];
        change(backend, c, (elements, i) -> i % c.rows() > i / c.rows() ? 0 : elements[i]);
        return null;
    }

    private static Object ignoresFrom(Backend backend, Object[] arguments, Call call) throws Throwable {
        return call.with(new Object[] {arguments[0], arguments[1], 0, arguments[3]});
    }

    private static Object keepsTheRowOfNaN(Backend backend, Object[] arguments, Call call) throws Throwable {
        call.with(arguments);
        int[] target = (int[]) arguments[1];
        for (int j = 0; j < target.length; j++) {
            target[j] = Math.max(target[j], 0);
        }
        return null;
    }

    private static Object ignoresTheShift(Backend backend, Object[] arguments, Call call) throws Throwable {
        Factorization correct = (Factorization) call.with(arguments);
        return Proxy.newProxyInstance(Backend.class.getClassLoader(), new Class<?>[] {Factorization.class},
                (proxy, method, given) -> Faulty.invoke(correct, method,
                        method.getName().equals("factor") ? new Object[] {given[0], 1e-12} : given));
    }

    private static Object skipsTheLastColumn(Backend backend, Object[] arguments, Call call) throws Throwable {
        Object[] changed = arguments.clone();
        changed[3] = (Integer) changed[3] - 1;
        return call.with(changed);
    }

    private static Object totalsInFloat(Backend backend, Object[] arguments, Call call) throws Throwable {
        call.with(arguments);
        double[] totals = (double[]) arguments[2];
        for (int k = 0; k < totals.length; k++) {
            totals[k] = (float) totals[k];
        }
        return null;
    }

    private static Object roundsExponentials(Backend backend, Object[] arguments, Call call) throws Throwable {
        call.with(arguments);
        boolean exponential = ((Kernel) arguments[0]).instructions().stream()
                .anyMatch(step -> step instanceof Instruction.Unary unary && unary.operation() == UnaryOperation.EXP);
        if (exponential) {
            changeOutputs(backend, arguments, (elements, i) -> elements[i] * (1 + 1e-14));
        }
        return null;
    }

    private static Object losesSignsOfZeros(Backend backend, Object[] arguments, Call call) throws Throwable {
        call.with(arguments);
        changeOutputs(backend, arguments, (elements, i) -> elements[i] + 0.0);
        return null;
    }

    private static Object flushesDenormals(Backend backend, Object[] arguments, Call call) throws Throwable {
        call.with(arguments);
        changeOutputs(backend, arguments, (elements, i) -> Math.abs(elements[i]) < Float.MIN_NORMAL
                ? Math.copySign(0, elements[i]) : elements[i]);
        return null;
    }

    private static Object allocatesTooMuch(Backend backend, Object[] arguments, Call call) throws Throwable {
        return call.with(new Object[] {(Long) arguments[0] + 1});
    }

    private interface Change {
        double of(double[] elements, int index);
    }

    private static void changeOutputs(Backend backend, Object[] arguments, Change change) {
        for (Matrix output : List.of((Matrix[]) arguments[1])) {
            change(backend, output, change);
        }
    }

    private static void change(Backend backend, Matrix matrix, Change change) {
        double[] elements = new double[(int) matrix.size()];
        backend.download(matrix, elements, 0);
        for (int i = 0; i < elements.length; i++) {
            elements[i] = change.of(elements, i);
        }
        backend.upload(elements, 0, matrix);
    }
}
