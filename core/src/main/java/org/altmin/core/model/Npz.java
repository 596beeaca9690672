package org.altmin.core.model;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.altmin.core.internal.AtomicFiles;

/**
 * NumPy's archive of arrays: a zip, not compressed, of a file in the format "npy 1.0" for each. Holds the model's
 * tensors under their names, and its preprocessing as "mean" and "deviation". The same model gives the same bytes.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
public final class Npz {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;
    private static final LocalDateTime START_OF_ZIP_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {
    }

    /** @throws org.altmin.linalg.AltminException if the file exists and {@code replace} is not set, or it cannot be
     *     written */
    public static void write(Path file, Model model, boolean replace) {
        List<Tensor> tensors = new ArrayList<>(model.tensors());
        double[] mean = model.preprocessing().mean();
        double[] deviation = model.preprocessing().deviation();
        tensors.add(Tensor.of("mean", List.of(mean.length), mean));
        tensors.add(Tensor.of("deviation", List.of(deviation.length), deviation));
        new AtomicFiles().writeFile(file, replace, out -> write(out, tensors));
    }

    static void write(OutputStream out, List<Tensor> tensors) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Tensor tensor : tensors) {
            byte[] array = array(tensor);
            CRC32 checksum = new CRC32();
            checksum.update(array);
            ZipEntry entry = new ZipEntry(tensor.name() + ".npy");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(array.length);
            entry.setCrc(checksum.getValue());
            entry.setTimeLocal(START_OF_ZIP_TIME);
            zip.putNextEntry(entry);
            zip.write(array);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static byte[] array(Tensor tensor) {
        byte[] header = header(tensor.info());
        long size = header.length + tensor.info().bytes();
        if (size > Integer.MAX_VALUE) {
            throw new UncheckedIOException(new IOException("the array " + tensor.name() + " is larger than 2 GiB"));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN).put(header);
        putElements(tensor, bytes);
        return bytes.array();
    }

    /** Appends the elements in the byte order of the buffer. */
    static void putElements(Tensor tensor, ByteBuffer bytes) {
        if (tensor instanceof Tensor.Float32 single) {
            bytes.asFloatBuffer().put(single.values());
        } else if (tensor instanceof Tensor.Float64 twofold) {
            bytes.asDoubleBuffer().put(twofold.values());
        }
    }

    private static byte[] header(TensorInfo info) {
        String shape = info.shape().stream().map(extent -> extent + ",").collect(Collectors.joining(" ", "(", ")"));
        String text = "{'descr': '<f" + info.type().bytes() + "', 'fortran_order': False, 'shape': " + shape + ", }";
        int before = MAGIC.length + Short.BYTES;
        int padding = Math.floorMod(-(before + text.length() + 1), ALIGNMENT);
        byte[] line = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(before + line.length).order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC).putShort((short) line.length).put(line).array();
    }
}
