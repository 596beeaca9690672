package org.altmin.core.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.internal.Json;
import org.altmin.core.internal.JsonView;
import org.altmin.linalg.AltminException;

/**
 * A safetensors file that is open for reading, as written by {@link SafetensorsWriter} or another tool. Opening it
 * checks the header against the file's length: offsets must cover the data without overlap, gap or surplus. Every
 * failure is an {@link AltminException} that names the file, the tensor, and what was found and expected.
 */
public final class SafetensorsFile implements AutoCloseable {

    private static final long LARGEST_HEADER = 100_000_000;
    private static final int CHUNK = 1 << 14;
    private static final Map<String, Integer> BYTES = Map.ofEntries(Map.entry("BOOL", 1), Map.entry("U8", 1),
            Map.entry("I8", 1), Map.entry("F8_E4M3", 1), Map.entry("F8_E5M2", 1), Map.entry("I16", 2),
            Map.entry("U16", 2), Map.entry("F16", 2), Map.entry("BF16", 2), Map.entry("I32", 4),
            Map.entry("U32", 4), Map.entry("F32", 4), Map.entry("I64", 8), Map.entry("U64", 8),
            Map.entry("F64", 8));

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, String> metadata = new TreeMap<>();
    private final long dataStart;

    private record Entry(String name, String type, List<Integer> shape, long begin, long end) {
    }

    private SafetensorsFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        long size = channel.size();
        if (size < Long.BYTES) {
            throw damaged("it has " + size + " bytes, and the length of the header alone takes " + Long.BYTES);
        }
        long header = ByteBuffer.wrap(readBytes(0, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (header < 0 || header > LARGEST_HEADER) {
            throw damaged("its header would be " + Long.toUnsignedString(header) + " bytes long, and "
                    + LARGEST_HEADER + " are allowed");
        }
        dataStart = Long.BYTES + header;
        if (dataStart > size) {
            throw damaged("it is cut off within the header: it has " + size + " bytes, and the header ends at "
                    + dataStart);
        }
        parse(Json.parse(path, readBytes(Long.BYTES, (int) header)));
        checkOffsets(size - dataStart);
    }

    /** @throws AltminException if the file cannot be read or is not a whole safetensors file */
    public static SafetensorsFile open(Path path) {
        if (Files.isDirectory(path)) {
            throw new AltminException("'" + path + "' is a folder, not a safetensors file.");
        }
        try {
            FileChannel channel = FileChannel.open(path);
            try {
                return new SafetensorsFile(path, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw AtomicFiles.unreadable(path, e);
        }
    }

    public Path path() {
        return path;
    }

    /** Sorted. */
    public Set<String> names() {
        return entries.keySet();
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    /** @throws AltminException if there is no such tensor, or it is neither F32 nor F64 */
    public TensorInfo info(String name) {
        Entry entry = entry(name);
        return switch (entry.type) {
            case "F32" -> new TensorInfo(name, TensorType.F32, entry.shape);
            case "F64" -> new TensorInfo(name, TensorType.F64, entry.shape);
            default -> throw new AltminException("The tensor '" + name + "' of '" + path + "' is of type " + entry.type
                    + ", but F32 or F64 is expected.");
        };
    }

    /** The whole tensor. */
    public Tensor read(String name) {
        TensorInfo info = info(name);
        if (info.size() > Integer.MAX_VALUE) {
            throw new AltminException("The tensor '" + name + "' of '" + path + "' has " + info.size()
                    + " elements, too many for one array.");
        }
        int size = (int) info.size();
        if (info.type() == TensorType.F32) {
            float[] values = new float[size];
            read(name, 0, values, size);
            return new Tensor.Float32(info, values);
        }
        double[] values = new double[size];
        read(name, 0, values, size);
        return new Tensor.Float64(info, values);
    }

    /** Reads {@code count} elements of an F32 tensor, from row-major position {@code from} on. */
    public void read(String name, long from, float[] target, int count) {
        info(name).requireType(path, TensorType.F32);
        long start = start(name, from, count, Float.BYTES);
        for (int done = 0; done < count; done += CHUNK) {
            int length = Math.min(CHUNK, count - done);
            fill(start + (long) done * Float.BYTES, length * Float.BYTES).asFloatBuffer().get(target, done, length);
        }
    }

    /** Reads {@code count} elements of an F64 tensor, from row-major position {@code from} on. */
    public void read(String name, long from, double[] target, int count) {
        info(name).requireType(path, TensorType.F64);
        long start = start(name, from, count, Double.BYTES);
        for (int done = 0; done < count; done += CHUNK) {
            int length = Math.min(CHUNK, count - done);
            fill(start + (long) done * Double.BYTES, length * Double.BYTES).asDoubleBuffer().get(target, done, length);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw AtomicFiles.unreadable(path, e);
        }
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new AltminException("There is no tensor '" + name + "' in '" + path + "'; it holds "
                    + (entries.isEmpty() ? "none" : String.join(", ", entries.keySet())) + ".");
        }
        return entry;
    }

    private long start(String name, long from, int count, int bytes) {
        Entry entry = entry(name);
        if (from < 0 || (from + count) * bytes > entry.end - entry.begin) {
            throw new IllegalArgumentException("elements " + from + " to " + (from + count)
                    + " do not lie within the tensor " + info(name));
        }
        return dataStart + entry.begin + from * bytes;
    }

    private void parse(JsonView header) {
        for (Map.Entry<String, JsonView> member : header.members().entrySet()) {
            String name = member.getKey();
            JsonView view = member.getValue();
            if (name.equals(SafetensorsWriter.METADATA)) {
                metadata.putAll(view.texts());
                continue;
            }
            List<Integer> shape = new ArrayList<>();
            for (JsonView extent : view.list("shape")) {
                long value = extent.asLong();
                if (value < 0 || value > Integer.MAX_VALUE) {
                    throw extent.invalid("an extent from 0 to " + Integer.MAX_VALUE);
                }
                shape.add((int) value);
            }
            List<JsonView> offsets = view.list("data_offsets");
            if (offsets.size() != 2) {
                throw damaged("the tensor '" + name + "' has " + offsets.size() + " offsets, not 2");
            }
            entries.put(name, new Entry(name, view.text("dtype"), shape, offsets.get(0).asLong(),
                    offsets.get(1).asLong()));
        }
    }

    private void checkOffsets(long dataSize) {
        List<Entry> byOffset = new ArrayList<>(entries.values());
        byOffset.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long covered = 0;
        for (Entry entry : byOffset) {
            String range = "the tensor '" + entry.name + "' lies at bytes " + entry.begin + " to " + entry.end;
            if (entry.begin != covered || entry.end < entry.begin) {
                throw damaged(range + " of the data, but must begin at " + covered
                        + " (offsets must neither overlap nor leave gaps)");
            }
            if (entry.end > dataSize) {
                throw damaged(range + " of the data, but there are only " + dataSize + ": the file is cut off");
            }
            Integer bytes = BYTES.get(entry.type);
            if (bytes == null) {
                throw damaged("the tensor '" + entry.name + "' is of the unknown type '" + entry.type + "'");
            }
            if (!fits(entry, bytes)) {
                throw damaged(range + ", which is not the size of " + entry.type + " elements of shape "
                        + entry.shape);
            }
            covered = entry.end;
        }
        if (covered != dataSize) {
            throw damaged("its tensors take " + covered + " bytes, but " + dataSize + " follow the header");
        }
    }

    private static boolean fits(Entry entry, int bytes) {
        try {
            long size = bytes;
            for (int extent : entry.shape) {
                size = Math.multiplyExact(size, extent);
            }
            return size == entry.end - entry.begin;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private byte[] readBytes(long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        readFully(position, bytes);
        return bytes.array();
    }

    private ByteBuffer fill(long position, int bytes) {
        try {
            readFully(position, buffer.clear().limit(bytes));
            return buffer.flip();
        } catch (IOException e) {
            throw AtomicFiles.unreadable(path, e);
        }
    }

    private void readFully(long position, ByteBuffer target) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int read = channel.read(target, next);
            if (read < 0) {
                throw damaged("it ends at byte " + next + " although it was longer when it was opened");
            }
            next += read;
        }
    }

    private AltminException damaged(String how) {
        return new AltminException("'" + path + "' is not a whole safetensors file: " + how
                + "; use another copy of it.");
    }
}
