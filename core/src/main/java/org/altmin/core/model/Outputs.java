package org.altmin.core.model;

import java.util.List;
import org.altmin.core.data.Targets;

/** What the rows of a network's output mean. */
public sealed interface Outputs {

    /** How many rows there are. */
    int count();

    /** A class each; the largest row is the prediction. */
    record Classes(List<String> names) implements Outputs {

        public Classes {
            names = List.copyOf(names);
        }

        @Override
        public int count() {
            return names.size();
        }
    }

    /** A predicted value each. */
    record Values(int count) implements Outputs {
    }

    static Outputs of(Targets targets) {
        return targets instanceof Targets.Labels labels ? new Classes(labels.names()) : new Values(targets.outputs());
    }
}
