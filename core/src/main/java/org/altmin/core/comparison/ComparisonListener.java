package org.altmin.core.comparison;

import java.util.List;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.run.RunFolder;
import org.altmin.core.train.TrainingListener;

/** Is told of a comparison as it goes. */
public interface ComparisonListener {

    /** Before a run; returns who is to be told of its steps. */
    default List<TrainingListener> started(Experiment experiment, RunFolder folder) {
        return List.of();
    }

    /** After a run, when its folder is complete. */
    default void ended(ComparedRun run) {
    }

    /** Instead of a run that does not take place. */
    default void refused(Refusal refusal) {
    }
}
