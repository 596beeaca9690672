package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.altmin.core.network.ForwardPass;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.step.LayerVariables;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.reference.Dense;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LayerVariablesTest {

    private static final int SAMPLES = 7;
    private static final Network NETWORK = Network.of(4, new int[] {5, 3}, new Ramp(0.1, Mistake.NONE), 2);

    private final LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64);
    private final Problem problem = SmallProblems.of(la, NETWORK, new Square(Mistake.NONE), new Nothing(),
            new Nothing(), SAMPLES, 3);
    private final LayerVariables layers = new LayerVariables(problem);

    @AfterEach
    void close() {
        la.close();
    }

    @Test
    void beginAtTheForwardPassOfTheInitialWeights() {
        for (int l = 1; l <= NETWORK.depth(); l++) {
            assertThat(la.toArray(layers.weights().augmented(l))).containsExactly(la.toArray(initial(l)));
            assertThat(la.toArray(layers.z(l))).containsExactly(linearImage(l).values(), within(1e-14));
            assertThat(la.toArray(layers.residual(l))).containsOnly(0);
        }
        for (int l = 1; l < NETWORK.depth(); l++) {
            Dense expected = Dense.of(layers.z(l)).map(z -> Math.max(z, 0.1) - 0.1);
            assertThat(la.toArray(layers.a(l))).containsExactly(expected.values());
        }
        Matrix output = new ForwardPass(la, NETWORK, SAMPLES).run(problem.initial(), problem.inputs());
        assertThat(la.toArray(layers.z(NETWORK.depth()))).containsExactly(la.toArray(output), within(1e-14));
    }

    @Test
    void weightsAreTheSolversOwn() {
        double[] before = la.toArray(problem.initial().augmented(2));
        la.fill(layers.weights().augmented(2), 7);
        assertThat(la.toArray(problem.initial().augmented(2))).containsExactly(before);
    }

    @Test
    void refreshedResidualsAreThoseOfTheVariables() {
        moveEverything(layers);
        layers.refreshResiduals();
        for (int l = 1; l <= NETWORK.depth(); l++) {
            Dense expected = linearImage(l).plus(-1, Dense.of(layers.z(l)));
            assertThat(la.toArray(layers.residual(l))).containsExactly(expected.values(), within(1e-14));
        }
    }

    @Test
    void anArchiveHoldsAllOfThem() {
        moveEverything(layers);
        StateArchives.Saved saved = StateArchives.save(state(layers));
        assertThat(saved.matrices()).containsOnlyKeys("W1", "b1", "W2", "b2", "W3", "b3", "z1", "residual1", "a1", "z2",
                "residual2", "a2", "z3", "residual3");
        LayerVariables restored = new LayerVariables(problem);
        saved.restore(state(restored));
        for (int l = 1; l <= NETWORK.depth(); l++) {
            assertThat(la.toArray(restored.z(l))).containsExactly(la.toArray(layers.z(l)));
            assertThat(la.toArray(restored.residual(l))).containsExactly(la.toArray(layers.residual(l)));
            if (l < NETWORK.depth()) {
                assertThat(la.toArray(restored.a(l))).containsExactly(la.toArray(layers.a(l)));
            }
        }
    }

    @Test
    void memoryThatIsNotThereIsMissedInOneSentence() {
        assertThatThrownBy(() -> problem.requireMemory("dlam", 7, planned -> planned.la().allocate(1 << 25, 1 << 30)))
                .isInstanceOf(AltminException.class)
                .hasMessageStartingWith("dlam on 7 samples of a 4-5-3-2 network needs ");
    }

    private Matrix initial(int l) {
        return problem.initial().augmented(l);
    }

    /** W_l a_{l−1} + b_l. */
    private Dense linearImage(int l) {
        Dense ones = Dense.zeros(1, SAMPLES).map(zero -> 1);
        return Dense.of(layers.weights().weight(l)).times(Dense.of(l == 1 ? problem.inputs() : layers.a(l - 1)))
                .plus(1, Dense.of(layers.weights().bias(l)).times(ones));
    }

    private static void moveEverything(LayerVariables layers) {
        RandomStream random = new RandomStream(9);
        for (int l = 1; l <= NETWORK.depth(); l++) {
            random.fillGaussian(layers.weights().augmented(l), 0, 1);
            random.fillGaussian(layers.z(l), 0, 1);
            random.fillGaussian(layers.residual(l), 0, 1);
            if (l > 1) {
                random.fillGaussian(layers.a(l - 1), 0, 1);
            }
        }
    }

    private static SolverState state(LayerVariables layers) {
        return new SolverState() {

            @Override
            public Weights weights() {
                return layers.weights();
            }

            @Override
            public void archive(StateArchive archive) {
                layers.archive(archive);
            }
        };
    }
}
