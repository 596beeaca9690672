package org.altmin.core.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.altmin.core.internal.Json;

/**
 * Writes a safetensors file as a stream: the tensors are announced first, then their elements follow in the announced
 * order. The format: the header's length as a little-endian 64-bit number, the header as JSON with the members in the
 * order of their names, spaces up to a multiple of 8 bytes, the elements little-endian and row-major without gaps. The
 * same tensors and metadata give the same bytes.
 *
 * @see <a href="https://github.com/huggingface/safetensors">safetensors, "Format"</a>
 */
public final class SafetensorsWriter {

    static final String METADATA = "__metadata__";

    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 14;

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long remaining;

    /**
     * Writes the header.
     *
     * @param tensors in the order in which their elements will follow
     */
    public SafetensorsWriter(OutputStream out, List<TensorInfo> tensors, Map<String, String> metadata)
            throws IOException {
        this.out = out;
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(METADATA, new TreeMap<>(metadata));
        }
        Map<String, Object> entries = new TreeMap<>();
        for (TensorInfo tensor : tensors) {
            long end = remaining + tensor.bytes();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", tensor.type().name());
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", List.of(remaining, end));
            if (tensor.name().equals(METADATA) || entries.put(tensor.name(), entry) != null) {
                throw new IllegalArgumentException("two tensors are named '" + tensor.name() + "'");
            }
            remaining = end;
        }
        header.putAll(entries);
        String text = Json.line(header);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        int padded = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        out.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
        out.write((text + " ".repeat(padded - length)).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes whole tensors with their elements; sorted so that float64 comes first and then by name. */
    public static void write(OutputStream out, List<? extends Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        List<? extends Tensor> sorted = tensors.stream().sorted(
                Comparator.comparing((Tensor tensor) -> -tensor.info().type().bytes()).thenComparing(Tensor::name))
                .toList();
        SafetensorsWriter writer = new SafetensorsWriter(out, sorted.stream().map(Tensor::info).toList(), metadata);
        for (Tensor tensor : sorted) {
            if (tensor instanceof Tensor.Float32 single) {
                writer.write(single.values(), single.values().length);
            } else if (tensor instanceof Tensor.Float64 twofold) {
                writer.write(twofold.values(), twofold.values().length);
            }
        }
        writer.finish();
    }

    /** Writes the next {@code count} elements. */
    public void write(float[] values, int count) throws IOException {
        for (int from = 0; from < count; from += CHUNK) {
            int length = Math.min(CHUNK, count - from);
            buffer.asFloatBuffer().put(values, from, length);
            flush(length * Float.BYTES);
        }
    }

    /** Writes the next {@code count} elements. */
    public void write(double[] values, int count) throws IOException {
        for (int from = 0; from < count; from += CHUNK) {
            int length = Math.min(CHUNK, count - from);
            buffer.asDoubleBuffer().put(values, from, length);
            flush(length * Double.BYTES);
        }
    }

    /** @throws IllegalStateException if not all elements have been written */
    public void finish() {
        if (remaining != 0) {
            throw new IllegalStateException(remaining + " bytes of the announced tensors have not been written");
        }
    }

    private void flush(int bytes) throws IOException {
        remaining -= bytes;
        if (remaining < 0) {
            throw new IllegalStateException((-remaining) + " bytes more than the announced tensors have been written");
        }
        out.write(buffer.array(), 0, bytes);
    }
}
