package org.altmin.solvers.online;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Loss;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The forward pass of a batch and the backward sweep that sets targets: D_l = z_l* − z_l for every layer. One product a
 * layer forward, and backward one, or two where the curvature is measured.
 */
final class TargetSweep {

    private static final double[] NONE = {};
    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);

    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final boolean samplesCurvature;
    private final double[] lossWeight;
    private final List<Kernel> forward = new ArrayList<>();
    private final List<Kernel> backward = new ArrayList<>();
    private final Kernel output;
    private final List<Matrix> activations = new ArrayList<>();
    private final List<Matrix> deltas = new ArrayList<>();
    private final List<Matrix> gradients = new ArrayList<>();
    private final List<Matrix> images = new ArrayList<>();
    private final Matrix norms;
    private final Matrix ones;
    private final List<Matrix> imageSums = new ArrayList<>();
    private final double[] imageVariance;
    private final double[] squaredDelta;
    private final double[] outputTotals = new double[3];
    private final double[] total = new double[1];
    private final double[] inverseCurvature = new double[1];

    TargetSweep(LinearAlgebra la, Network network, Loss lossFunction, OnlineAltMin solver, int batch) {
        this.la = la;
        this.network = network;
        depth = network.depth();
        samplesCurvature = solver.curvature() == Curvature.SAMPLE;
        lossWeight = new double[] {solver.lossWeight()};
        imageVariance = new double[depth + 1];
        squaredDelta = new double[depth + 1];
        Workspace workspace = new Workspace(la);
        for (int l = 1; l <= depth; l++) {
            deltas.add(la.allocate(network.width(l), batch));
            imageSums.add(la.allocate(network.width(l), 1));
            if (l < depth) {
                activations.add(la.allocate(network.width(l), batch));
                gradients.add(workspace.matrix("gradient", network.width(l), batch));
                images.add(workspace.matrix("image", network.width(l + 1), batch));
                forward.add(forwardKernel(network.activation(l), solver.misfit()));
                backward.add(backwardKernel(network.activation(l), solver));
            }
        }
        norms = la.allocate(1, batch);
        ones = la.allocate(1, batch);
        la.fill(ones, 1);
        Expr z = FIRST.plus(SECOND);
        Expr minimiser = lossFunction.prox(z, THIRD, Expr.parameter(0));
        Expr delta = minimiser.minus(z);
        output = Kernel.builder().inDouble().output(delta).sum(lossFunction.value(z, THIRD)).sum(FIRST.square())
                .sum(delta.square()).build();
    }

    /**
     * Sets all D_l.
     *
     * @param inputs a_0, n_0 × B
     * @param targets Y, n_L × B
     * @param means whose curvatures are taken where they are not each sample's own
     * @param share with which this batch's curvatures enter those; 0 if they do not
     * @return R(z_L; Y)
     */
    double run(Weights weights, Matrix inputs, Matrix targets, RunningMeans means, double share) {
        int count = inputs.columns();
        Matrix before = inputs;
        for (int l = 1; l < depth; l++) {
            Matrix image = delta(l, count);
            Matrix activation = activation(l, count);
            la.multiply(weights.weight(l), before, image);
            double squaredSums = squaredSums(l, image);
            la.apply(forward.get(l - 1), new Matrix[] {image, activation}, total, NONE, image, weights.bias(l));
            imageVariance[l] = variance(total[0], squaredSums, image);
            before = activation;
        }
        Matrix outputs = delta(depth, count);
        la.multiply(weights.weight(depth), before, outputs);
        double squaredSums = squaredSums(depth, outputs);
        la.apply(output, new Matrix[] {outputs}, outputTotals, lossWeight, outputs, weights.bias(depth), targets);
        imageVariance[depth] = variance(outputTotals[1], squaredSums, outputs);
        squaredDelta[depth] = outputTotals[2] / outputs.size();
        for (int l = depth - 1; l >= 1; l--) {
            Matrix gradient = gradients.get(l - 1).columns(0, count);
            la.gemm(1, weights.weight(l + 1), true, delta(l + 1, count), false, 0, gradient);
            Matrix delta = delta(l, count);
            Kernel kernel = backward.get(l - 1);
            if (samplesCurvature) {
                Matrix squares = norms.columns(0, count);
                la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, squares, NONE, image(weights, l, gradient));
                la.apply(kernel, new Matrix[] {delta}, total, NONE, delta, gradient, activation(l, count), squares);
            } else {
                if (share > 0) {
                    addCurvature(means, share, l, image(weights, l, gradient), gradient);
                }
                inverseCurvature[0] = means.inverseCurvature(l);
                la.apply(kernel, new Matrix[] {delta}, total, inverseCurvature, delta, gradient, activation(l, count));
            }
            squaredDelta[l] = total[0] / delta.size();
        }
        return outputTotals[0];
    }

    /** The variance of an entry of z_l over the batch of the last run, mean over the entries. */
    double variance(int l) {
        return imageVariance[l];
    }

    /** The mean square of the entries of D_l of the last run. */
    double squaredDelta(int l) {
        return squaredDelta[l];
    }

    /** D_l, n_l × B, of the last run. */
    Matrix delta(int l, int count) {
        return deltas.get(l - 1).columns(0, count);
    }

    /** a_l, n_l × B, of the last run, for 1 ≤ l &lt; L. */
    Matrix activation(int l, int count) {
        return activations.get(l - 1).columns(0, count);
    }

    /** W_{l+1} g. */
    private Matrix image(Weights weights, int l, Matrix gradient) {
        Matrix image = images.get(l - 1).columns(0, gradient.columns());
        la.multiply(weights.weight(l + 1), gradient, image);
        return image;
    }

    private void addCurvature(RunningMeans means, double share, int l, Matrix image, Matrix gradient) {
        double squaredNorm = la.squaredNorm(gradient);
        if (squaredNorm > 0) {
            means.addCurvature(l, share, la.squaredNorm(image) / squaredNorm);
        }
    }

    /** Σ over the rows of the square of the row's sum. */
    private double squaredSums(int l, Matrix image) {
        la.gemm(1, image, false, ones.columns(0, image.columns()), true, 0, imageSums.get(l - 1));
        return la.squaredNorm(imageSums.get(l - 1));
    }

    /** Of an entry over the batch, mean over the entries; not below 0, where rounding takes it if nothing varies. */
    private static double variance(double squaredNorm, double squaredSums, Matrix image) {
        return Math.max(0, (squaredNorm - squaredSums / image.columns()) / image.size());
    }

    /** From W a and b: what the backward sweep needs of z, its slope or z itself, and h(z). */
    private static Kernel forwardKernel(Activation activation, MisfitStep misfit) {
        Expr z = FIRST.plus(SECOND);
        return Kernel.builder().output(misfit == MisfitStep.PASS ? activation.derivative(z) : z)
                .output(activation.value(z)).sum(FIRST.square()).build();
    }

    /** D_l from what {@link #forwardKernel} kept, −g, a, and 1/τ or else ‖W g‖² of each column. */
    private static Kernel backwardKernel(Activation activation, OnlineAltMin solver) {
        Expr inverseStiffness = Expr.parameter(0);
        if (solver.curvature() == Curvature.SAMPLE) {
            Expr squares = Expr.input(3);
            Expr inverse = Expr.columnSum(SECOND.square()).dividedBy(squares);
            inverseStiffness = Expr.select(squares.greaterThan(0), inverse, Expr.constant(0));
        }
        Expr move = SECOND.times(inverseStiffness);
        Expr delta = FIRST.times(move);
        if (solver.misfit() == MisfitStep.PROX) {
            Expr target = THIRD.plus(move);
            delta = activation.prox(target, FIRST, Expr.constant(solver.misfitWeight())).minus(FIRST);
        }
        return Kernel.builder().output(delta).sum(delta.square()).build();
    }
}
