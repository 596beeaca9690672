package org.altmin.solvers.dlam;

import static org.assertj.core.api.Assertions.assertThat;

import org.altmin.core.operator.Operators;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.Dense;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;

class ProjectedStateStepTest {

    private static final double WIDE = 100;

    private static ProjectedStateStep step(LinearAlgebra la, Matrix weight, boolean accelerated) {
        return new ProjectedStateStep(new Workspace(la), Operators.activation("linear"), weight, 1, accelerated);
    }

    /**
     * The state comes along a direction that W hardly sees, where the residual is as good as 0: nothing to gain there.
     */
    @Test
    void theGuardRedoesAMoveThatGainsTooLittle() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Matrix weight = new Dense(2, 2, 1, 0, 0, 1e-3).on(la);
            Matrix z = la.allocate(2, 1);
            Matrix origin = la.allocate(2, 1);
            Matrix guardedState = new Dense(2, 1, 0, 1).on(la);
            Matrix plainState = new Dense(2, 1, 0, 1).on(la);
            Matrix guardedResidual = new Dense(2, 1, 0, -1e-6).on(la);
            Matrix plainResidual = new Dense(2, 1, 0, -1e-6).on(la);
            ProjectedStateStep guarded = step(la, weight, true);
            guarded.start(origin);

            guarded.step(guardedResidual, weight, guardedState, z, WIDE, 0.9);
            step(la, weight, false).step(plainResidual, weight, plainState, z, WIDE, 0);

            assertThat(guarded.takeRedone()).isEqualTo(1);
            assertThat(guarded.takeRedone()).isZero();
            assertThat(Dense.of(guardedState).values()).isEqualTo(Dense.of(plainState).values());
            assertThat(Dense.of(guardedResidual).values()).isEqualTo(Dense.of(plainResidual).values());
        }
    }

    @Test
    void theGuardAcceptsAMoveThatGains() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Matrix weight = new Dense(2, 2, 1, 0, 0, 1e-3).on(la);
            Matrix state = new Dense(2, 1, 0, 1).on(la);
            ProjectedStateStep guarded = step(la, weight, true);
            guarded.start(la.allocate(2, 1));
            guarded.step(new Dense(2, 1, 0, -1).on(la), weight, state, la.allocate(2, 1), WIDE, 0.9);
            assertThat(guarded.takeRedone()).isZero();
            assertThat(Dense.of(state).get(1, 0)).isGreaterThan(1.5);
        }
    }
}
