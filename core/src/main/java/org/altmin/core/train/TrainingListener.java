package org.altmin.core.train;

import java.util.function.Consumer;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.StateArchive;

/** Is told of a run as it goes: progress, metrics files and checkpoints are listeners. */
public interface TrainingListener {

    /** After a step and its evaluation. */
    default void stepped(IterationRecord step) {
    }

    /**
     * When the test accuracy (the training accuracy, without test samples) is the best so far, or the error the least.
     */
    default void best(IterationRecord step, Weights weights) {
    }

    /**
     * When the plan asks for a checkpoint, and when a stop was requested before the run's end.
     *
     * @param content names everything that {@link Trainer#resume} needs
     */
    default void checkpoint(IterationRecord step, Consumer<StateArchive> content) {
    }
}
