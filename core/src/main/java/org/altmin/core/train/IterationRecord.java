package org.altmin.core.train;

import org.altmin.core.solver.StepReport;

/**
 * One step of a run.
 *
 * @param iteration counted from 1
 * @param stepSeconds of this step, evaluation excluded
 * @param seconds of all steps so far
 * @param train of the training samples; {@link Evaluation#NONE} if not evaluated
 * @param test of the test samples; {@link Evaluation#NONE} if not evaluated
 */
public record IterationRecord(int iteration, double stepSeconds, double seconds, StepReport report, Evaluation train,
        Evaluation test) {
}
