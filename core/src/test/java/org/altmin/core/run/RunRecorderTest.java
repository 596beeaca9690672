package org.altmin.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Targets;
import org.altmin.core.model.HostMemory;
import org.altmin.core.model.Model;
import org.altmin.core.model.NamedActivation;
import org.altmin.core.model.Outputs;
import org.altmin.core.model.Provenance;
import org.altmin.core.model.SafetensorsFile;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.train.Evaluation;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.TrainingResult;
import org.altmin.core.train.TrainingResult.StopReason;
import org.altmin.linalg.Expr;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {

    private static final Evaluation ON_TRAIN = new Evaluation(0.75, Double.NaN, 0.5);

    @TempDir
    Path folder;

    private LinearAlgebra la;
    private Weights weights;

    @BeforeEach
    void open() {
        la = HostMemory.open(Precision.FLOAT64);
        weights = new Weights(la, Network.of(2, new int[] {3}, new NamedActivation("tanh"), 2));
    }

    @AfterEach
    void close() {
        la.close();
    }

    private record State(Weights weights) implements SolverState {

        @Override
        public void archive(StateArchive archive) {
            archive.weights(weights);
            archive.number("rho", 0.5);
        }
    }

    private record Squared() implements Loss {

        @Override
        public String name() {
            return "squared";
        }

        @Override
        public String description() {
            return "(z - y)^2 / 2";
        }

        @Override
        public Expr value(Expr z, Expr y) {
            return z.minus(y).square().times(0.5);
        }

        @Override
        public Expr gradient(Expr z, Expr y) {
            return z.minus(y);
        }

        @Override
        public Expr prox(Expr centre, Expr y, Expr weight) {
            return y.plus(weight.times(centre)).dividedBy(weight.plus(1));
        }

        @Override
        public double curvature() {
            return 1;
        }

        @Override
        public TargetEncoding encoding() {
            return TargetEncoding.values();
        }
    }

    private record None() implements Regularizer {

        @Override
        public String name() {
            return "none";
        }

        @Override
        public String description() {
            return "0";
        }

        @Override
        public Expr value(Expr x) {
            return Expr.constant(0);
        }

        @Override
        public Expr prox(Expr centre, Expr weight) {
            return centre;
        }
    }

    @Test
    void aStepBecomesALineOfMetrics() {
        StepReport report = StepReport.objective(1.5).term("loss", 1).primalResidual(0.25).innerCount("fista", 7)
                .phase("rho=1").seconds(Map.of("W", 0.125)).build();
        try (RunFolder run = RunFolder.create(folder, "run")) {
            recorder(run).stepped(new IterationRecord(3, 0.5, 2, report, ON_TRAIN, Evaluation.NONE));
            Map<String, Object> line = run.readMetrics().get(0);
            assertThat(line.keySet()).startsWith("iteration", "seconds", "objective", "primalResidual",
                    "trainAccuracy", "testAccuracy");
            assertThat(line).contains(entry("iteration", 3L), entry("seconds", 2.0), entry("objective", 1.5),
                    entry("primalResidual", 0.25), entry("trainAccuracy", 0.75), entry("testAccuracy", null),
                    entry("trainLoss", 0.5), entry("dualResidual", null), entry("stepSeconds", 0.5),
                    entry("phase", "rho=1"), entry("terms", Map.of("loss", 1.0)),
                    entry("innerCounts", Map.of("fista", 7L)), entry("secondsByPart", Map.of("W", 0.125)));
        }
    }

    @Test
    void theBestModelReplacesTheOneBefore() {
        IterationRecord step = step(1);
        try (RunFolder run = RunFolder.create(folder, "run")) {
            for (double value : new double[] {1, 2}) {
                la.upload(new double[] {value, 0, 0}, weights.bias(1));
                recorder(run).best(step, weights);
                try (SafetensorsFile file = SafetensorsFile.open(run.bestCheckpoint().resolve("weights.safetensors"))) {
                    assertThat(file.read("b1").get(0)).isEqualTo(value);
                }
            }
        }
    }

    @Test
    void aCheckpointRestoresTheState() {
        la.upload(new double[] {1, 2, 3}, weights.bias(1));
        try (RunFolder run = RunFolder.create(folder, "run")) {
            recorder(run).checkpoint(7, 1.25, new State(weights));
            Weights other = new Weights(la, weights.network());
            try (Checkpoint checkpoint = Checkpoint.open(run.lastCheckpoint(), identity())) {
                new State(other).archive(checkpoint.archive());
                checkpoint.requireAllRestored();
                assertThat(checkpoint.iteration()).isEqualTo(7);
                assertThat(checkpoint.seconds()).isEqualTo(1.25);
            }
            assertThat(la.toArray(other.bias(1))).containsExactly(1, 2, 3);
        }
    }

    @Test
    void theIdentityNamesAllThatAStateDependsOn() {
        assertThat(identity()).containsExactly(entry("solver", "dladmm"), entry("setting nu", "1e-6"),
                entry("setting rho", "0.5"), entry("network", "2-3-2 (tanh)"), entry("loss", "squared"),
                entry("weight penalty", "none"), entry("state penalty", "none"), entry("samples", "5"),
                entry("precision", "FLOAT64"), entry("seed", "13"));
    }

    @Test
    void theSummaryIsOfTheLastStep() {
        TrainingResult result = new TrainingResult(StopReason.TARGET, List.of(step(1), step(2), step(3)));
        Summary summary = Summary.of("dladmm", la, result, Scores.Measure.ERROR, 13);

        assertThat(summary.iterations()).isEqualTo(3);
        assertThat(summary.seconds()).isEqualTo(6);
        assertThat(summary.secondsPerIteration()).isEqualTo(2);
        assertThat(summary.objective()).isEqualTo(0.5);
        assertThat(summary.scores().train()).isNaN();
        assertThat(summary.scores().test()).isEqualTo(0.125);
        assertThat(summary.peakMemoryBytes()).isGreaterThan(1 << 20);
        assertThat(summary.json()).containsKeys("trainError", "testError").contains(
                entry("stopped", "the target accuracy was reached"));
    }

    @Test
    void theMeasureGoesWithTheTargets() {
        assertThat(Scores.Measure.of(new Targets.Labels(new int[] {0}, List.of("a"))))
                .isEqualTo(Scores.Measure.ACCURACY);
        assertThat(Scores.Measure.of(new Targets.Values(new double[] {0}, 1))).isEqualTo(Scores.Measure.ERROR);
    }

    private static IterationRecord step(int iteration) {
        return new IterationRecord(iteration, iteration, 2.0 * iteration, StepReport.objective(0.5).build(), ON_TRAIN,
                new Evaluation(Double.NaN, 0.125, 0.25));
    }

    private RunRecorder recorder(RunFolder run) {
        Provenance provenance = new Provenance("1", "glyphs", "generated", "dladmm", Map.of(), 1);
        return new RunRecorder(run, Scores.Measure.ACCURACY, identity(), current -> Model.of(current,
                Preprocessing.none(), new Outputs.Classes(List.of("a", "b")), "squared", provenance));
    }

    private Map<String, String> identity() {
        Problem problem = new Problem(la, weights.network(), new Squared(), new None(), new None(), la.allocate(2, 5),
                la.allocate(2, 5), weights, 13);
        return Checkpoint.identity("dladmm", Map.of("rho", "0.5", "nu", "1e-6"), problem);
    }
}
