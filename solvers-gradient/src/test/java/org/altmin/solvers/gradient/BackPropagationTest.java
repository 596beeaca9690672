package org.altmin.solvers.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.altmin.core.network.ForwardPass;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Named;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BackPropagationTest {

    private static final int SAMPLES = 6;
    private static final double SHIFT = 1e-5;

    static Stream<Arguments> operators() {
        return Operators.activations().all().stream().map(Named::name).flatMap(activation -> Operators.losses().all()
                .stream().map(Named::name).filter(loss -> !explodes(activation, loss))
                .flatMap(loss -> Stream.of(false, true).map(skip -> Arguments.of(activation, loss, skip))));
    }

    /** The exponential of polynomials of polynomials is so large that differences of it have no digits left. */
    private static boolean explodes(String activation, String loss) {
        return activation.equals("polynomial") && loss.equals("exponential");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void gradientIsThatOfFiniteDifferences(String activation, String loss, boolean skip) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = SmallProblem.of(la, activation, skip, loss, "none", SAMPLES, 5);
            BackPropagation backPropagation = new BackPropagation(la, problem.network(), problem.loss(), SAMPLES);
            Weights weights = problem.initial();
            double value = backPropagation.add(weights, problem.inputs(), problem.targets(), true);
            assertThat(value).isCloseTo(loss(problem), within(1e-12 * (1 + Math.abs(value))));
            for (int l = 1; l <= problem.network().depth(); l++) {
                double[] gradient = la.toArray(backPropagation.gradient(l));
                double[] start = la.toArray(weights.augmented(l));
                for (int i = 0; i < start.length; i++) {
                    double difference = (lossWith(problem, l, start, i, SHIFT) - lossWith(problem, l, start, i, -SHIFT))
                            / (2 * SHIFT);
                    assertThat(gradient[i]).as("layer %d, entry %d", l, i)
                            .isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
                }
                la.upload(start, weights.augmented(l));
            }
        }
    }

    @Test
    void slicesAddUp() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = SmallProblem.of(la, "sigmoid", true, "cross-entropy", "none", SAMPLES, 6);
            BackPropagation whole = new BackPropagation(la, problem.network(), problem.loss(), SAMPLES);
            BackPropagation sliced = new BackPropagation(la, problem.network(), problem.loss(), 4);
            double value = whole.add(problem.initial(), problem.inputs(), problem.targets(), true);
            double sum = 0;
            for (int round = 0; round < 2; round++) {
                sum = sliced.add(problem.initial(), problem.inputs().columns(0, 4), problem.targets().columns(0, 4),
                        true);
                sum += sliced.add(problem.initial(), problem.inputs().columns(4, SAMPLES),
                        problem.targets().columns(4, SAMPLES), false);
            }
            assertThat(sum).isCloseTo(value, within(1e-12));
            for (int l = 1; l <= problem.network().depth(); l++) {
                assertThat(la.toArray(sliced.gradient(l)))
                        .containsExactly(la.toArray(whole.gradient(l)), within(1e-12));
            }
        }
    }

    private static double lossWith(Problem problem, int layer, double[] start, int entry, double shift) {
        double[] moved = start.clone();
        moved[entry] += shift;
        problem.la().upload(moved, problem.initial().augmented(layer));
        return loss(problem);
    }

    private static double loss(Problem problem) {
        ForwardPass forward = new ForwardPass(problem.la(), problem.network(), problem.samples());
        Matrix outputs = forward.run(problem.initial(), problem.inputs());
        Kernel value = Kernel.sum(problem.loss().value(Expr.input(0), Expr.input(1)));
        return problem.la().reduce(value, outputs, problem.targets());
    }
}
