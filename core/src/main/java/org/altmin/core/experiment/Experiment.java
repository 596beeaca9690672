package org.altmin.core.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.model.Model;
import org.altmin.core.model.ModelFiles;
import org.altmin.core.model.Outputs;
import org.altmin.core.model.Provenance;
import org.altmin.core.network.Initializer;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Operators;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.core.run.AltminVersion;
import org.altmin.core.settings.Settings;
import org.altmin.core.settings.Specification;
import org.altmin.core.solver.Solver;
import org.altmin.core.train.LoadedSamples;
import org.altmin.core.train.Trainer;
import org.altmin.core.train.TrainingListener;
import org.altmin.core.train.TrainingPlan;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;

/**
 * A run assembled from its {@link ExperimentSettings}: an open backend, loaded data, a problem, a solver. Closing it
 * closes the backend; a {@link #model} stays.
 *
 * <pre>{@code
 * var settings = ExperimentSettings.of(Map.of("dataset", "glyphs", "solver", "online-altmin", "iterations", "5"));
 * try (Experiment experiment = Experiment.open(settings)) {
 *     TrainingResult result = experiment.trainer(List.of()).run(experiment.solver());
 *     System.out.println(result.last().test().accuracy());
 *     ModelFiles.write(Path.of("digits"), experiment.model(result.weights()), false);
 * }
 * }</pre>
 */
public final class Experiment implements AutoCloseable {

    private static final String FILE_ENDING = ".safetensors";

    private final ExperimentSettings settings;
    private final Backends.Choice backend;
    private final LinearAlgebra la;
    private final Dataset dataset;
    private final LoadedSamples train;
    private final LoadedSamples test;
    private final Problem problem;
    private final Solver<?> solver;

    private Experiment(ExperimentSettings settings, Backends.Choice backend, LinearAlgebra la, Dataset dataset) {
        this.settings = settings;
        this.backend = backend;
        this.la = la;
        this.dataset = dataset;
        Settings general = settings.general();
        TargetEncoding.Kind targetKind = dataset.train().targets() instanceof Targets.Labels
                ? TargetEncoding.Kind.CLASSES : TargetEncoding.Kind.VALUES;
        Loss loss = loss(general.text("loss"), targetKind);
        double smoothing = smoothing(general, targetKind);
        requireClassesForAccuracy(targetKind);
        long seed = seed(general);
        Samples trainPart = trainPart();
        Network network = network(trainPart, general);
        train = LoadedSamples.load(la, trainPart, dataset.preprocessing(), loss.encoding(), smoothing);
        test = LoadedSamples.load(la, testSamples(), dataset.preprocessing(), loss.encoding(), smoothing);
        problem = new Problem(la, network, loss, Operators.regularizer(general.text("regularizer")),
                Operators.regularizer(general.text("state-penalty")), train.inputs(), train.targets(), targetKind,
                initialWeights(network, targetKind, general, seed), seed);
        solver = settings.solver().create(settings.solverSettings());
    }

    /**
     * Reads the data, opens the backend and loads both parts.
     *
     * @throws AltminException if anything named is missing or does not fit
     */
    public static Experiment open(ExperimentSettings settings) {
        settings.plan();
        Settings general = settings.general();
        Precision precision = general.choice("precision", Precision.class);
        int threads = general.integer("threads", 0, 4096);
        Specification named = Specification.parse(general.text("backend"));
        Backends.Choice backend = Backends.choose(named.name());
        Dataset dataset = settings.dataset().read(settings.datasetSettings(), seed(general));
        LinearAlgebra la = backend.open(new LinearAlgebraOptions(precision, threads, named.settings()));
        try {
            return new Experiment(settings, backend, la, dataset);
        } catch (RuntimeException | Error e) {
            la.close();
            throw e;
        }
    }

    public ExperimentSettings settings() {
        return settings;
    }

    /** Which backend was taken, and why. */
    public Backends.Choice backend() {
        return backend;
    }

    public LinearAlgebra la() {
        return la;
    }

    public Dataset dataset() {
        return dataset;
    }

    public Problem problem() {
        return problem;
    }

    public LoadedSamples train() {
        return train;
    }

    /** The test part, or the held-out part where one was asked for. */
    public LoadedSamples test() {
        return test;
    }

    /** The test part, or the held-out part where one was asked for, as it was read. */
    public Samples testSamples() {
        int heldOut = settings.general().integer("validation", 0, Integer.MAX_VALUE);
        int size = dataset.train().size();
        return heldOut == 0 ? dataset.test() : dataset.train().range(size - heldOut, size);
    }

    /** The factor of the initial weights: what is set, or what suits the solver. */
    public double initialScale() {
        return initialScale(problem.network(), problem.targetKind());
    }

    public Solver<?> solver() {
        return solver;
    }

    /** A trainer with the run's plan. */
    public Trainer trainer(List<TrainingListener> listeners) {
        return new Trainer(problem, train, test, plan(), listeners);
    }

    public TrainingPlan plan() {
        return settings.plan();
    }

    /**
     * A model of these weights with what belongs to it, to be saved or used; it outlives this experiment.
     *
     * @param weights of this experiment, such as {@link org.altmin.core.train.TrainingResult#weights()}
     */
    public Model model(Weights weights) {
        Provenance provenance = new Provenance(AltminVersion.current(), dataset.name(), dataset.origin(),
                settings.solver().name(), settings.solverSettings().asMap(), problem.seed());
        return Model.of(weights, dataset.train().features().names(), dataset.preprocessing(),
                Outputs.of(dataset.train().targets()), problem.loss().specification(), provenance);
    }

    @Override
    public void close() {
        la.close();
    }

    private Samples trainPart() {
        Settings general = settings.general();
        Samples all = dataset.train();
        int heldOut = general.integer("validation", 0, Integer.MAX_VALUE);
        int asked = general.integer("samples", 0, Integer.MAX_VALUE);
        int available = all.size() - heldOut;
        if (available < 1) {
            throw new AltminException("validation=" + heldOut + " leaves none of the " + all.size()
                    + " training samples of '" + dataset.name() + "'.");
        }
        if (asked > available) {
            throw new AltminException("samples=" + asked + " is more than the " + available
                    + " training samples of '" + dataset.name() + "'"
                    + (heldOut > 0 ? " that are not held out." : "."));
        }
        return all.range(0, asked == 0 ? available : asked);
    }

    private Network network(Samples samples, Settings general) {
        Activation activation = Operators.activation(general.text("activation"));
        List<Layer> hidden = new ArrayList<>();
        int before = samples.features().features();
        for (int width : settings.hidden()) {
            // A skip connection needs equal widths, so the first layer has one only where it happens to fit.
            boolean skip = general.flag("skip") && (width == before || !hidden.isEmpty());
            hidden.add(new Layer(width, activation, skip));
            before = width;
        }
        return new Network(samples.features().features(), hidden, samples.targets().outputs(), general.flag("bias"));
    }

    private double initialScale(Network network, TargetEncoding.Kind targets) {
        double given = settings.general().number("init-scale", 0, Double.MAX_VALUE);
        return given == 0 ? settings.solver().initialScale(network, targets) : given;
    }

    private Weights initialWeights(Network network, TargetEncoding.Kind targets, Settings general, long seed) {
        String init = general.text("init");
        if (init.endsWith(FILE_ENDING)) {
            Weights weights = new Weights(la, network);
            ModelFiles.readWeights(Path.of(init), weights);
            return weights;
        }
        double bias = general.text("init-bias").equals("random") ? Double.NaN : general.number("init-bias");
        Initializer initializer = new Initializer(Initializer.scheme(init), initialScale(network, targets), bias);
        return initializer.create(la, network, new RandomStream(seed).split("weights"));
    }

    private static Loss loss(String text, TargetEncoding.Kind targets) {
        boolean classes = targets == TargetEncoding.Kind.CLASSES;
        Loss loss = Operators.loss(!text.equals("auto") ? text : classes ? "cross-entropy" : "squared");
        if (!classes && loss.encoding().kind() == TargetEncoding.Kind.CLASSES) {
            throw new AltminException("The loss '" + loss.name() + "' is for classes, but the dataset has real values; "
                    + "use loss=squared.");
        }
        return loss;
    }

    private static double smoothing(Settings general, TargetEncoding.Kind targets) {
        double smoothing = general.number("smoothing", 0, 1);
        if (smoothing == 1) {
            throw general.invalid("smoothing", "from 0 to below 1");
        }
        return targets == TargetEncoding.Kind.CLASSES ? smoothing : 0;
    }

    private void requireClassesForAccuracy(TargetEncoding.Kind targets) {
        double accuracy = settings.plan().targetAccuracy();
        if (targets == TargetEncoding.Kind.VALUES && accuracy <= 1) {
            throw new AltminException("target-accuracy=" + accuracy + " cannot be reached, as the dataset '"
                    + dataset.name() + "' has real values in place of classes; leave it out.");
        }
    }

    private static long seed(Settings general) {
        try {
            return Long.parseLong(general.text("seed"));
        } catch (NumberFormatException e) {
            throw general.invalid("seed", "a whole number");
        }
    }
}
