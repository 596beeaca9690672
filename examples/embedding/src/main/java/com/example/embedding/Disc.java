package com.example.embedding;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.model.Model;
import org.altmin.core.model.ModelFiles;
import org.altmin.core.model.Prediction;
import org.altmin.core.model.Predictor;
import org.altmin.core.train.TrainingResult;

/** Learns whether points lie in a disc, saves the network, reads it again and asks it. */
public final class Disc {

    private Disc() {
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length == 0 ? "disc" : arguments[0]);
        System.out.printf("test accuracy %.3f%n", train(folder));
        System.out.println("the origin is " + classify(folder, 0, 0));
    }

    /** Samples of the program's own, in memory. */
    static Dataset data() {
        Samples train = samples(2000, new Random(1));
        return new Dataset("disc", train, samples(500, new Random(2)), Preprocessing.standardise(train.features()),
                "drawn by the example");
    }

    private static Samples samples(int count, Random random) {
        double[] points = random.doubles(2L * count, -2, 2).toArray();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = Math.hypot(points[2 * i], points[2 * i + 1]) < 1.5 ? 0 : 1;
        }
        return new Samples(new DoubleTable(points, 2, List.of("x", "y")),
                new Targets.Labels(labels, List.of("inside", "outside")));
    }

    static double train(Path folder) {
        Map<String, String> given = Map.of("solver", "online-altmin", "hidden", "50,50", "iterations", "20");
        ExperimentSettings settings = ExperimentSettings.of(given, DatasetReader.of(data()));
        try (Experiment experiment = Experiment.open(settings)) {
            TrainingResult result = experiment.trainer(List.of()).run(experiment.solver());
            Model model = experiment.model(result.weights());
            ModelFiles.write(folder, model, true);
            return result.last().test().accuracy();
        }
    }

    static String classify(Path folder, double x, double y) {
        try (Predictor predictor = Predictor.open(ModelFiles.read(folder))) {
            Prediction.OfClass prediction = (Prediction.OfClass) predictor.predict(x, y);
            return prediction.name();
        }
    }
}
