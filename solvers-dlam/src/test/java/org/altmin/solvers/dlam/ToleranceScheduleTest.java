package org.altmin.solvers.dlam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToleranceScheduleTest {

    @ParameterizedTest
    @CsvSource({"10, 101, 20", "10, 100, 10", "0.01, 0.2, 1", "0.6, 7, 1.2", "10, 0.5, 0.01", "0.01, 0.0009, 0.005",
        "1, 0.1, 1", "1, 9, 1"})
    void followsThePrintedRule(double tolerance, double loss, double expected) {
        ToleranceSchedule schedule = new ToleranceSchedule(ToleranceSchedule.Rule.PAPER, 10, 0.5, 0.01);
        assertThat(schedule.next(tolerance, loss)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"100, 50", "0.0015, 0.001", "0.001, 0.001", "0.0001, 0.0001"})
    void shrinksToTheLeast(double tolerance, double expected) {
        ToleranceSchedule schedule = new ToleranceSchedule(ToleranceSchedule.Rule.GEOMETRIC, 100, 0.5, 0.001);
        assertThat(schedule.next(tolerance, 1e9)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"10", "0.3"})
    void staysWhenConstant(double tolerance) {
        ToleranceSchedule schedule = new ToleranceSchedule(ToleranceSchedule.Rule.CONSTANT, 10, 0.5, 0.001);
        assertThat(schedule.next(tolerance, 1e9)).isEqualTo(tolerance);
    }
}
