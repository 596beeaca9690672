package org.altmin.core.data;

import java.util.Arrays;
import java.util.List;
import org.altmin.linalg.AltminException;

/** What is to be predicted for each sample: classes, or real values. */
public sealed interface Targets {

    int samples();

    /** Rows of the network's output. */
    int outputs();

    /** Targets of samples {@code from} to {@code to} (exclusive). */
    Targets range(int from, int to);

    /**
     * Class labels 0 … K − 1.
     *
     * @param names of the K classes
     */
    record Labels(int[] values, List<String> names) implements Targets {

        public Labels {
            names = List.copyOf(names);
            for (int i = 0; i < values.length; i++) {
                if (values[i] < 0 || values[i] >= names.size()) {
                    throw new AltminException("Sample " + i + " has the label " + values[i] + ", but there are "
                            + names.size() + " classes, labelled from 0.");
                }
            }
        }

        @Override
        public int samples() {
            return values.length;
        }

        @Override
        public int outputs() {
            return names.size();
        }

        @Override
        public Labels range(int from, int to) {
            return new Labels(Arrays.copyOfRange(values, from, to), names);
        }
    }

    /**
     * Real values, sample by sample.
     *
     * @param outputs values per sample
     */
    record Values(double[] values, int outputs) implements Targets {

        public Values {
            if (outputs < 1 || values.length % outputs != 0) {
                throw new IllegalArgumentException(values.length + " values are no whole number of samples of "
                        + outputs + " outputs");
            }
        }

        @Override
        public int samples() {
            return values.length / outputs;
        }

        @Override
        public Values range(int from, int to) {
            return new Values(Arrays.copyOfRange(values, from * outputs, to * outputs), outputs);
        }
    }
}
