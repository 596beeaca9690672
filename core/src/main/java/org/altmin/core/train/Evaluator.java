package org.altmin.core.train;

import org.altmin.core.data.Targets;
import org.altmin.core.network.ForwardPass;
import org.altmin.core.network.Network;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Loss;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** Evaluates networks of one architecture, a few thousand samples at a time. */
public final class Evaluator {

    private static final int CAPACITY = 4096;

    private final LinearAlgebra la;
    private final ForwardPass forward;
    private final Kernel loss;
    private final Kernel squaredError;
    private final int[] predicted;

    /** @param largest the most samples it will be given, so that no more workspace is taken than that needs */
    public Evaluator(LinearAlgebra la, Network network, Loss loss, int largest) {
        this.la = la;
        forward = new ForwardPass(la, network, Math.max(1, Math.min(CAPACITY, largest)));
        Expr z = Expr.input(0);
        Expr y = Expr.input(1);
        this.loss = Kernel.builder().inDouble().sum(loss.value(z, y)).build();
        squaredError = Kernel.builder().inDouble().sum(z.minus(y).square()).build();
        predicted = new int[forward.capacity()];
    }

    public Evaluation evaluate(Weights weights, LoadedSamples samples) {
        double totalLoss = 0;
        double totalError = 0;
        int right = 0;
        int n = samples.size();
        for (int from = 0; from < n; from += forward.capacity()) {
            int to = Math.min(from + forward.capacity(), n);
            Matrix outputs = forward.run(weights, samples.inputs().columns(from, to));
            Matrix targets = samples.targets().columns(from, to);
            totalLoss += la.reduce(loss, outputs, targets);
            if (samples.original() instanceof Targets.Labels labels) {
                la.argmaxColumns(outputs, predicted);
                for (int j = from; j < to; j++) {
                    right += predicted[j - from] == labels.values()[j] ? 1 : 0;
                }
            } else {
                totalError += la.reduce(squaredError, outputs, targets);
            }
        }
        boolean classes = samples.original() instanceof Targets.Labels;
        return new Evaluation(classes ? right / (double) n : Double.NaN, classes ? Double.NaN : totalError / n,
                totalLoss / n);
    }
}
