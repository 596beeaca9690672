package org.altmin.core.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.altmin.linalg.AltminException;

/** Features with their targets. */
public record Samples(FeatureTable features, Targets targets) {

    private static final int CHUNK = 1024;

    public Samples {
        if (features.samples() != targets.samples()) {
            throw new AltminException("There are " + features.samples() + " samples but "
                    + targets.samples() + " targets.");
        }
    }

    public int size() {
        return targets.samples();
    }

    /** Samples {@code from} to {@code to} (exclusive), sharing the features. */
    public Samples range(int from, int to) {
        return new Samples(new Range(features, from, to), targets.range(from, to));
    }

    /** A CRC-32C of features and targets in eight hexadecimal digits, by which other samples are told from the same. */
    public String checksum() {
        CRC32C checksum = new CRC32C();
        int rows = features.features();
        double[] chunk = new double[CHUNK * rows];
        for (int from = 0; from < size(); from += CHUNK) {
            int to = Math.min(from + CHUNK, size());
            features.read(from, to, chunk);
            update(checksum, chunk, (to - from) * rows);
        }
        double[] expected = targets instanceof Targets.Labels labels
                ? Arrays.stream(labels.values()).asDoubleStream().toArray() : ((Targets.Values) targets).values();
        update(checksum, expected, expected.length);
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }

    private static void update(CRC32C checksum, double[] values, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, Double.BYTES));
        bytes.asDoubleBuffer().put(values, 0, count);
        checksum.update(bytes);
    }

    private record Range(FeatureTable all, int from, int to) implements FeatureTable {

        @Override
        public int features() {
            return all.features();
        }

        @Override
        public int samples() {
            return to - from;
        }

        @Override
        public List<String> names() {
            return all.names();
        }

        @Override
        public void read(int first, int last, double[] target) {
            all.read(from + first, from + last, target);
        }
    }
}
