package org.altmin.core.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.altmin.core.solver.StepReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvergenceRecordTest {

    private static ConvergenceRecord record(int size, IntToDoubleFunction objective, IntToDoubleFunction step) {
        ConvergenceRecord record = new ConvergenceRecord();
        for (int k = 1; k <= size; k++) {
            record.add(k, StepReport.objective(objective.applyAsDouble(k)).squaredStep(step.applyAsDouble(k)).build());
        }
        return record;
    }

    @Test
    void findsTheConstantOfSufficientDecrease() {
        ConvergenceRecord record = record(20, k -> 100 - 3.0 * k, k -> 1.5);
        assertThat(record.decrease(1).constant()).isCloseTo(2, within(1e-12));
        assertThat(record.decrease(2).constant()).isCloseTo(4, within(1e-12));
        assertThat(record.decrease(1).violations()).isZero();
        assertThat(record.decrease(1).pairs()).isEqualTo(19);
    }

    @Test
    void twoStepsMayDecreaseWhereOneDoesNot() {
        ConvergenceRecord record = record(21, k -> 100 - k + (k % 2 == 0 ? 1.5 : 0), k -> 1);
        assertThat(record.decrease(1).violations()).isEqualTo(10);
        assertThat(record.decrease(1).largestViolation()).isBetween(0.5 / 101, 0.5 / 80);
        assertThat(record.decrease(2).violations()).isZero();
    }

    @Test
    void theBriefCertificateSaysWhatWasObserved() {
        assertThat(Certificate.brief(new ConvergenceRecord())).isEqualTo("nothing observed");
        ConvergenceRecord linear = record(40, k -> 5 + 3 * Math.pow(0.8, k), k -> 1);
        assertThat(Certificate.brief(linear)).isEqualTo("descent 39/39, R-linear 0.800");
        ConvergenceRecord rising = record(21, k -> 100 - k + (k % 2 == 0 ? 1.5 : 0), k -> 1);
        assertThat(Certificate.brief(rising)).startsWith("descent 10/20");
    }

    @Test
    void objectivesOfDifferentPhasesAreNotCompared() {
        ConvergenceRecord record = new ConvergenceRecord();
        for (int k = 0; k < 10; k++) {
            StepReport.Builder report = StepReport.objective(k < 5 ? 10 - k : 100 - k).squaredStep(1);
            record.add(k + 1, report.phase(k < 5 ? "a" : "b").build());
        }
        assertThat(record.phases()).isEqualTo(2);
        assertThat(record.decrease(1).violations()).isZero();
        assertThat(record.decrease(1).pairs()).isEqualTo(8);
    }

    @Test
    void tellsALinearRateFromASublinearOne() {
        ConvergenceRecord linear = record(60, k -> 5 + 3 * Math.pow(0.8, k), k -> 1);
        TailFit fit = linear.tail(TailFit.Kind.LINEAR).orElseThrow();
        assertThat(fit.rate()).isCloseTo(0.8, within(1e-6));
        assertThat(fit.determination()).isBetween(0.999, 1.0);
        assertThat(fit.determination())
                .isGreaterThan(linear.tail(TailFit.Kind.SUBLINEAR).orElseThrow().determination());

        ConvergenceRecord sublinear = record(400, k -> 5 + 3 * Math.pow(k, -2), k -> 1);
        TailFit tail = sublinear.tail(TailFit.Kind.SUBLINEAR).orElseThrow();
        assertThat(tail.rate()).isCloseTo(2, within(0.05));
        assertThat(tail.exponent().orElseThrow()).isCloseTo(0.75, within(0.01));
        assertThat(tail.determination())
                .isGreaterThan(sublinear.tail(TailFit.Kind.LINEAR).orElseThrow().determination());
    }

    /** Theorem 4.1 (iii): the power is 1/(2θ − 1) for θ in (1/2, 1). */
    @ParameterizedTest
    @ValueSource(doubles = {0.51, 0.6, 0.75, 0.9, 0.99})
    void theExponentOfASublinearRateInvertsTheTheorem(double exponent) {
        TailFit fit = new TailFit(TailFit.Kind.SUBLINEAR, 1 / (2 * exponent - 1), 1);
        assertThat(fit.exponent().orElseThrow()).isCloseTo(exponent, within(1e-12));
        assertThat(fit.converges()).isTrue();
    }

    @Test
    void noExponentExplainsAPowerUpToOne() {
        assertThat(new TailFit(TailFit.Kind.SUBLINEAR, 1, 1).exponent()).isEmpty();
        assertThat(new TailFit(TailFit.Kind.SUBLINEAR, 0.5, 1).converges()).isTrue();
        assertThat(new TailFit(TailFit.Kind.SUBLINEAR, -0.12, 1).converges()).isFalse();
        assertThat(new TailFit(TailFit.Kind.LINEAR, 1.01, 1).converges()).isFalse();
        ConvergenceRecord slow = record(400, k -> 5 + 3 * Math.pow(k, -0.5), k -> 1);
        assertThat(Certificate.brief(slow)).isEqualTo("descent 399/399, sublinear k^-0.50");
        assertThat(String.join("\n", Certificate.of(slow)))
                .contains("Looks sublinear", "slower than any KL exponent below 1 explains")
                .doesNotContain("with KL exponent");
    }

    @Test
    void decreasesThatReachNoLimitAreNoRate() {
        ConvergenceRecord endless = record(400, k -> 100 - Math.pow(k, 0.5), k -> 1);
        assertThat(Certificate.brief(endless)).isEqualTo("descent 399/399, no limit in sight");
        assertThat(String.join("\n", Certificate.of(endless)))
                .contains("Not converging yet", "in proportion to k^-0.499, whose sum has no bound");
        ConvergenceRecord growing = record(40, k -> 100 - Math.pow(1.1, k), k -> 1);
        assertThat(Certificate.brief(growing)).isEqualTo("descent 39/39, no limit in sight");
        assertThat(String.join("\n", Certificate.of(growing))).contains("decreases that do not shrink, with ratio 1.1");
    }

    @Test
    void aRisingTailIsSaidToRise() {
        ConvergenceRecord rising = record(40, k -> (k < 10 ? 50 - k : 30 + k) + k % 2, k -> 1);
        assertThat(Certificate.brief(rising)).endsWith("objective rising at the end");
        assertThat(String.join("\n", Certificate.of(rising)))
                .contains("Not converging: over the tail, the last 19 iterations, the objective rose from 52.0000 to "
                        + "70.0000.");
        assertThat(Certificate.brief(record(40, k -> k == 40 ? Double.NaN : -k, k -> 1)))
                .endsWith("objective rising at the end");
    }

    @Test
    void noPairsAreMadeAcrossIterationsLeftOut() {
        ConvergenceRecord record = new ConvergenceRecord();
        for (int k = 1; k <= 30; k++) {
            if (k <= 10 || k > 20) {
                record.add(k, StepReport.objective(k <= 10 ? 10 - k : 100 - k).squaredStep(1).build());
            }
        }
        assertThat(record.decrease(1).violations()).isZero();
        assertThat(record.decrease(1).pairs()).isEqualTo(18);
        assertThat(Certificate.of(record).get(0)).contains("over 20 of 30 iterations");
        assertThatThrownBy(() -> record.add(30, StepReport.objective(1).build()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("30");
    }

    @Test
    void scalesTheLeastStep() {
        ConvergenceRecord record = record(10, k -> -k, k -> k == 4 ? 0.5 : 2);
        assertThat(record.scaledLeastStep(3)).isEqualTo(6);
        assertThat(record.scaledLeastStep(8)).isEqualTo(4);
    }

    @Test
    void theCertificateSaysWhatWasNotObserved() {
        assertThat(Certificate.of(record(1, k -> 1, k -> 1))).singleElement().asString().contains("Too few");
        assertThat(String.join("\n", Certificate.of(record(30, k -> -k, k -> Double.NaN))))
                .contains("Not observed: f(k) - f(k+1)").contains("Not observed: a primal residual");
        assertThat(String.join("\n", Certificate.of(record(30, k -> k % 3, k -> 1)))).contains("Violated");
        assertThat(String.join("\n", Certificate.of(record(60, k -> Math.pow(0.5, k), k -> Math.pow(0.5, k)))))
                .contains("Held", "Looks R-linear", "Fell: k c(k)");
    }
}
