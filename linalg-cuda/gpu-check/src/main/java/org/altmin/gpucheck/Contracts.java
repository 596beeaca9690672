package org.altmin.gpucheck;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Operators;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.Solvers;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.ActivationContract;
import org.altmin.testkit.LinearAlgebraContract;
import org.altmin.testkit.LossContract;
import org.altmin.testkit.OnBackend;
import org.altmin.testkit.RegularizerContract;
import org.altmin.testkit.SolverContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The testkit's contracts on the judged backend, for all operators and solvers that are installed. */
final class Contracts {

    private static final int MOST_FAILURES = 12;
    private static final int SAMPLES = 40;

    /** Beside the defaults: other signs of the jump of the derivative, another slope. */
    private static final List<String> VARIANTS = List.of("elu(alpha=3)", "elu(alpha=0.3)", "leaky-relu(slope=0.4)");

    private Contracts() {
    }

    /** The topics of the backend's contract. */
    static List<String> topics() {
        return Arrays.stream(LinearAlgebraContract.class.getDeclaredClasses())
                .filter(topic -> topic.isAnnotationPresent(Nested.class)).map(Class::getSimpleName).sorted().toList();
    }

    static void ofBackend(String topic, Consumer<Row> rows) {
        run("contract of backends: " + topic, DiscoverySelectors.selectNestedClass(
                List.of(OfBackend.class.getName()), LinearAlgebraContract.class.getName() + "$" + topic), rows);
    }

    static void ofActivations(Consumer<Row> rows) {
        run("contract of activations", DiscoverySelectors.selectClass(OfActivations.class), rows);
    }

    static void ofLosses(Consumer<Row> rows) {
        run("contract of losses", DiscoverySelectors.selectClass(OfLosses.class), rows);
    }

    static void ofRegularizers(Consumer<Row> rows) {
        run("contract of regularizers", DiscoverySelectors.selectClass(OfRegularizers.class), rows);
    }

    static void ofSolvers(Consumer<Row> rows) {
        run("contract of solvers", DiscoverySelectors.selectClass(OfSolvers.class), rows);
    }

    private static void run(String check, DiscoverySelector selector, Consumer<Row> rows) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        // A device that nobody uses is shut down, and every test would start it again.
        Backend kept = Judged.provider().open(LinearAlgebraOptions.of(Precision.FLOAT32));
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        long wrong = summary.getTotalFailureCount();
        long right = summary.getTestsSucceededCount();
        double seconds = (summary.getTimeFinished() - summary.getTimeStarted()) * 1e-3;
        rows.accept(Row.judged(check, "no failure", right + " passed, " + wrong + " failed, "
                + summary.getTestsAbortedCount() + " skipped, " + Math.round(seconds) + " s", wrong == 0 && right > 0));
        summary.getFailures().stream().limit(MOST_FAILURES).forEach(failure -> {
            failure.getException().printStackTrace();
            rows.accept(Row.failed("  " + failure.getTestIdentifier().getUniqueIdObject().getLastSegment().getValue()
                    + " " + failure.getTestIdentifier().getDisplayName(), "", String.valueOf(failure.getException())
                    .lines().findFirst().orElse("")));
        });
        // Where a kernel has failed, nothing works in this process any more, not even this.
        kept.close();
    }

    static Stream<Activation> activations() {
        return Stream.concat(Operators.activations().all().stream(), VARIANTS.stream().map(Operators::activation));
    }

    static Stream<Loss> losses() {
        return Operators.losses().all().stream();
    }

    static Stream<Regularizer> regularizers() {
        return Operators.regularizers().all().stream();
    }

    /** Those for which there is a problem; the curves report the others. */
    static Stream<SolverFactory> solvers() {
        return Solvers.installed().all().stream().filter(factory -> Setup.of(factory).isPresent());
    }

    /** Matrices, products, factorisations, kernels. */
    static class OfBackend extends LinearAlgebraContract {

        @Override
        protected LinearAlgebraProvider provider() {
            return Judged.provider();
        }
    }

    /** What the other contracts are judged on. */
    private interface OnJudged extends OnBackend {

        @Override
        default LinearAlgebraProvider provider() {
            return Judged.provider();
        }
    }

    /** Every activation. */
    @ParameterizedClass
    @MethodSource("org.altmin.gpucheck.Contracts#activations")
    static class OfActivations extends ActivationContract implements OnJudged {

        private final Activation activation;

        OfActivations(Activation activation) {
            this.activation = activation;
        }

        @Override
        protected Activation activation() {
            return activation;
        }
    }

    /** Every loss. */
    @ParameterizedClass
    @MethodSource("org.altmin.gpucheck.Contracts#losses")
    static class OfLosses extends LossContract implements OnJudged {

        private final Loss loss;

        OfLosses(Loss loss) {
            this.loss = loss;
        }

        @Override
        protected Loss loss() {
            return loss;
        }

        @Override
        protected boolean differentiable() {
            return !loss.name().equals("hinge");
        }

        @Override
        protected double largestCentre() {
            return loss.name().equals("exponential") ? 500 : super.largestCentre();
        }
    }

    /** Every regularizer. */
    @ParameterizedClass
    @MethodSource("org.altmin.gpucheck.Contracts#regularizers")
    static class OfRegularizers extends RegularizerContract implements OnJudged {

        private final Regularizer regularizer;

        OfRegularizers(Regularizer regularizer) {
            this.regularizer = regularizer;
        }

        @Override
        protected Regularizer regularizer() {
            return regularizer;
        }
    }

    /** Every solver. */
    @ParameterizedClass
    @MethodSource("org.altmin.gpucheck.Contracts#solvers")
    static class OfSolvers extends SolverContract implements OnJudged {

        private final SolverFactory factory;

        OfSolvers(SolverFactory factory) {
            this.factory = factory;
        }

        @Override
        protected SolverFactory factory() {
            return factory;
        }

        @Override
        protected Problem problem(LinearAlgebra la) {
            return Setup.of(factory).orElseThrow().problem(la, SAMPLES);
        }

        @Override
        protected Map<String, String> settings() {
            boolean batches = factory.settings().stream().anyMatch(setting -> setting.name().equals("batch"));
            return batches ? Map.of("batch", "8") : Map.of();
        }
    }
}
