package org.altmin.core.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.altmin.core.solver.StepReport;
import org.junit.jupiter.api.Test;

class ConvergenceRecordTest {

    private static ConvergenceRecord record(int size, IntToDoubleFunction objective, IntToDoubleFunction step) {
        ConvergenceRecord record = new ConvergenceRecord();
        for (int k = 1; k <= size; k++) {
            record.add(StepReport.objective(objective.applyAsDouble(k)).squaredStep(step.applyAsDouble(k)).build());
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
            record.add(StepReport.objective(k < 5 ? 10 - k : 100 - k).squaredStep(1).phase(k < 5 ? "a" : "b").build());
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
        assertThat(fit.determination()).isGreaterThan(0.999);
        assertThat(fit.determination()).isGreaterThan(linear.tail(TailFit.Kind.SUBLINEAR).orElseThrow().determination());

        ConvergenceRecord sublinear = record(400, k -> 5 + 3 * Math.pow(k, -2), k -> 1);
        TailFit tail = sublinear.tail(TailFit.Kind.SUBLINEAR).orElseThrow();
        assertThat(tail.rate()).isCloseTo(2, within(0.05));
        assertThat(tail.exponent()).isCloseTo(0.75, within(0.01));
        assertThat(tail.determination())
                .isGreaterThan(sublinear.tail(TailFit.Kind.LINEAR).orElseThrow().determination());
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
