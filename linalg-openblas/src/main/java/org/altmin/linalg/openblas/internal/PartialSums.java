package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.HeapDoubles;
import org.altmin.linalg.cpu.internal.HeapFloats;
import org.altmin.linalg.cpu.internal.Workers;

/** Partial sums of a result, in room that is kept from product to product. */
final class PartialSums {

    private static final int ADDED_AT_ONCE = 1 << 14;

    private final Workers workers;
    private final Room room;

    PartialSums(Precision precision, Workers workers) {
        this.workers = workers;
        room = new Room(precision);
    }

    /** Provides for so many results of this size. */
    void reserve(int count, int size) {
        room.atLeast((long) count * size);
    }

    /** The first, second … result. */
    Block result(int number, int size, int stride) {
        return new Block(room.buffer(), number * size, stride);
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
            add(((HeapFloats) room.buffer()).array(), from, floats.array(), at, count);
        } else {
            add(((HeapDoubles) room.buffer()).array(), from, ((HeapDoubles) target).array(), at, count);
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
