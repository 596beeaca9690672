package org.altmin.datasets;

import org.altmin.core.data.Dataset;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;

/** Multinomial logistic regression by stochastic gradient descent with momentum: the best a linear classifier does. */
final class SoftmaxRegression {

    private static final int BATCH = 50;
    private static final double STEP = 0.02;
    private static final double MOMENTUM = 0.9;

    private final int features;
    private final int classes;
    private final double[] weights;
    private final double[] gradient;

    private SoftmaxRegression(int features, int classes) {
        this.features = features;
        this.classes = classes;
        weights = new double[classes * (features + 1)];
        gradient = new double[weights.length];
    }

    /** The highest test accuracy after any of the epochs. */
    static double bestTestAccuracy(Dataset dataset, int epochs) {
        SoftmaxRegression model = new SoftmaxRegression(dataset.train().features().features(),
                dataset.train().targets().outputs());
        double[] train = features(dataset, dataset.train());
        double[] test = features(dataset, dataset.test());
        int[] trainLabels = ((Targets.Labels) dataset.train().targets()).values();
        int[] testLabels = ((Targets.Labels) dataset.test().targets()).values();
        double best = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            model.descend(train, trainLabels, STEP / (1 + epoch));
            best = Math.max(best, model.accuracy(test, testLabels));
        }
        return best;
    }

    private static double[] features(Dataset dataset, Samples samples) {
        double[] values = new double[samples.size() * samples.features().features()];
        samples.features().read(0, samples.size(), values);
        dataset.preprocessing().apply(values, samples.features().features(), samples.size());
        return values;
    }

    private void descend(double[] inputs, int[] labels, double step) {
        double[] scores = new double[classes];
        for (int sample = 0; sample < labels.length; sample++) {
            score(inputs, sample, scores);
            double maximum = scores[best(scores)];
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                scores[k] = Math.exp(scores[k] - maximum);
                sum += scores[k];
            }
            for (int k = 0; k < classes; k++) {
                double slope = (scores[k] / sum - (k == labels[sample] ? 1 : 0)) / BATCH;
                int row = k * (features + 1);
                for (int j = 0; j < features; j++) {
                    gradient[row + j] += slope * inputs[sample * features + j];
                }
                gradient[row + features] += slope;
            }
            if ((sample + 1) % BATCH == 0) {
                for (int i = 0; i < weights.length; i++) {
                    weights[i] -= step * gradient[i];
                    gradient[i] *= MOMENTUM;
                }
            }
        }
    }

    private double accuracy(double[] inputs, int[] labels) {
        double[] scores = new double[classes];
        int right = 0;
        for (int sample = 0; sample < labels.length; sample++) {
            score(inputs, sample, scores);
            right += best(scores) == labels[sample] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    private void score(double[] inputs, int sample, double[] scores) {
        for (int k = 0; k < classes; k++) {
            int row = k * (features + 1);
            double score = weights[row + features];
            for (int j = 0; j < features; j++) {
                score += weights[row + j] * inputs[sample * features + j];
            }
            scores[k] = score;
        }
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            best = scores[k] > scores[best] ? k : best;
        }
        return best;
    }
}
