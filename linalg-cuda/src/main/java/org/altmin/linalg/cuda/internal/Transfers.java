package org.altmin.linalg.cuda.internal;

import java.nio.ByteBuffer;
import jcuda.driver.JCudaDriver;

/** Copies between Java arrays and device memory, in chunks through pinned memory; types are converted on the host. */
final class Transfers implements AutoCloseable {

    private static final int CHUNK_BYTES = 8 << 20;

    private final CudaContext context;
    private final PinnedMemory pinned = new PinnedMemory(CHUNK_BYTES);

    Transfers(CudaContext context) {
        this.context = context;
    }

    /** Moves a part of a Java array into the pinned memory, or out of it. */
    private interface Part {
        void move(ByteBuffer bytes, int from, int count);
    }

    void upload(float[] source, int offset, long target, int count, Real element) {
        send(target, count, element.bytes(), (bytes, from, part) -> {
            if (element == Real.FLOAT) {
                bytes.asFloatBuffer().put(source, offset + from, part);
            } else {
                for (int k = 0; k < part; k++) {
                    bytes.putDouble(source[offset + from + k]);
                }
            }
        });
    }

    void upload(double[] source, int offset, long target, int count, Real element) {
        send(target, count, element.bytes(), (bytes, from, part) -> {
            if (element == Real.DOUBLE) {
                bytes.asDoubleBuffer().put(source, offset + from, part);
            } else {
                for (int k = 0; k < part; k++) {
                    bytes.putFloat((float) source[offset + from + k]);
                }
            }
        });
    }

    void upload(int[] source, int offset, long target, int count) {
        send(target, count, Integer.BYTES, (bytes, from, part) -> bytes.asIntBuffer().put(source, offset + from, part));
    }

    void download(long source, float[] target, int offset, int count, Real element) {
        receive(source, count, element.bytes(), (bytes, from, part) -> {
            if (element == Real.FLOAT) {
                bytes.asFloatBuffer().get(target, offset + from, part);
            } else {
                for (int k = 0; k < part; k++) {
                    target[offset + from + k] = (float) bytes.getDouble();
                }
            }
        });
    }

    void download(long source, double[] target, int offset, int count, Real element) {
        receive(source, count, element.bytes(), (bytes, from, part) -> {
            if (element == Real.DOUBLE) {
                bytes.asDoubleBuffer().get(target, offset + from, part);
            } else {
                for (int k = 0; k < part; k++) {
                    target[offset + from + k] = bytes.getFloat();
                }
            }
        });
    }

    void download(long source, int[] target, int count) {
        receive(source, count, Integer.BYTES, (bytes, from, part) -> bytes.asIntBuffer().get(target, from, part));
    }

    private void send(long target, int count, int size, Part part) {
        int most = CHUNK_BYTES / size;
        int length;
        for (int from = 0; from < count; from += length) {
            length = Math.min(most, count - from);
            part.move(pinned.bytes(), from, length);
            JCudaDriver.cuMemcpyHtoDAsync(new Address(target + (long) from * size), pinned.pointer(),
                    (long) length * size, context.stream());
            context.synchronize();
        }
    }

    private void receive(long source, int count, int size, Part part) {
        int most = CHUNK_BYTES / size;
        int length;
        for (int from = 0; from < count; from += length) {
            length = Math.min(most, count - from);
            JCudaDriver.cuMemcpyDtoHAsync(pinned.pointer(), new Address(source + (long) from * size),
                    (long) length * size, context.stream());
            context.synchronize();
            part.move(pinned.bytes(), from, length);
        }
    }

    @Override
    public void close() {
        pinned.close();
    }
}
