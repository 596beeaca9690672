package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.HeapDoubles;
import org.altmin.linalg.cpu.internal.HeapFloats;
import org.altmin.linalg.cpu.internal.Workers;

/** Room, kept from product to product, for partial sums of a result. */
final class PartialSums {

    private static final int ADDED_AT_ONCE = 1 << 14;

    private final Precision precision;
    private final Workers workers;
    private HeapBuffer room;

    PartialSums(Precision precision, Workers workers) {
        this.precision = precision;
        this.workers = workers;
        room = HeapBuffer.allocate(precision, 0);
    }

    /** Provides for so many results of this size. */
    void reserve(int count, int size) {
        if (room.length() < (long) count * size) {
            room = HeapBuffer.allocate(precision, 0); // So that the collector may take the last before the next is made.
            room = HeapBuffer.allocate(precision, (long) count * size);
        }
    }

    /** The first, second … result. */
    Block result(int number, int size, int stride) {
        return new Block(room, number * size, stride);
    }

    /** {@code target} ← {@code target} + the results from {@code first} to before {@code end}, in order. */
    void addTo(Block target, int first, int end, int size) {
        Split parts = new Split(size, ADDED_AT_ONCE);
        workers.run(parts.parts(), (worker, part) -> {
            for (int number = first; number < end; number++) {
                add(number * size + parts.start(part), target.buffer(), target.at() + parts.start(part),
                        parts.length(part));
            }
        });
    }

    private void add(int from, HeapBuffer target, int at, int count) {
        if (target instanceof HeapFloats floats) {
            add(((HeapFloats) room).array(), from, floats.array(), at, count);
        } else {
            add(((HeapDoubles) room).array(), from, ((HeapDoubles) target).array(), at, count);
        }
    }

    private static void add(float[] x, int from, float[] y, int at, int count) {
        for (int i = 0; i < count; i++) {
            y[at + i] += x[from + i];
        }
    }

    private static void add(double[] x, int from, double[] y, int at, int count) {
        for (int i = 0; i < count; i++) {
            y[at + i] += x[from + i];
        }
    }
}
