package org.altmin.linalg.cuda.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * How a kernel is run over given matrices: which variant, on how many blocks. The division among threads, and with it
 * the order of every sum, depends on shapes and on the device alone, not on where matrices lie.
 *
 * @param gridX blocks
 * @param gridY chunks of columns along rows, else 1
 * @param chunk columns of a chunk
 */
record LaunchPlan(KernelVariant variant, int gridX, int gridY, long chunk) {

    private static final int VECTOR_BYTES = 16;
    private static final int THREADS = 256;
    private static final int BLOCKS_PER_MULTIPROCESSOR = 8;
    private static final int MOST_CHUNKS = 65_535;

    /** Kernels larger than this keep the arithmetic units busy with one element a thread. */
    private static final int LARGE = 80;

    private static final long NARROW_ELEMENTS = 1 << 30;

    /** The place of a matrix's first element in device memory. */
    interface Addresses {
        long of(Matrix matrix);
    }

    /** A kernel whose outputs are matrices, and whose totals are one number a block. */
    static LaunchPlan apply(Kernel kernel, Matrix[] outputs, long rows, long columns, Matrix[] inputs, Real element,
            Addresses addresses, int multiprocessors) {
        List<Broadcast> broadcasts = broadcasts(inputs, rows, columns);
        boolean wide = rows * columns >= NARROW_ELEMENTS;
        int mostBlocks = kernel.totals().isEmpty() ? Integer.MAX_VALUE : BLOCKS_PER_MULTIPROCESSOR * multiprocessors;
        if (kernel.columnCoupled()) {
            Group group = Group.of(rows);
            KernelVariant variant = new KernelVariant(kernel, Form.COUPLED, null, element, element, broadcasts, 1, true,
                    true, wide, group.size(), group.threads(), group.perThread());
            return new LaunchPlan(variant, blocks(columns, group.columnsPerBlock(), mostBlocks), 1, 0);
        }
        int lanes = lanes(kernel, element);
        boolean evenRows = rows % lanes == 0;
        boolean aligned = lanes == 1 || isAligned(kernel, outputs, inputs, broadcasts, evenRows, addresses);
        KernelVariant variant = new KernelVariant(kernel, Form.ELEMENTS, null, element, element, broadcasts, lanes,
                aligned, evenRows, wide, 1, THREADS, 1);
        return new LaunchPlan(variant, blocks(Math.max(1, rows * columns / lanes), THREADS, mostBlocks), 1, 0);
    }

    /** A coupled kernel whose output keeps the precision of the registers, to be reduced along rows afterwards. */
    static LaunchPlan intermediate(Kernel kernel, long rows, long columns, Matrix[] inputs, Real element) {
        Group group = Group.of(rows);
        Real register = kernel.inDouble() ? Real.DOUBLE : element;
        KernelVariant variant = new KernelVariant(kernel, Form.COUPLED, null, element, register,
                broadcasts(inputs, rows, columns), 1, true, true, rows * columns >= NARROW_ELEMENTS, group.size(),
                group.threads(), group.perThread());
        return new LaunchPlan(variant, blocks(columns, group.columnsPerBlock(), Integer.MAX_VALUE), 1, 0);
    }

    /** The reduction of a kernel's one output along columns. */
    static LaunchPlan alongColumns(Kernel kernel, Reduction reduction, long rows, long columns, Matrix[] inputs,
            Real element, Addresses addresses, int multiprocessors) {
        List<Broadcast> broadcasts = broadcasts(inputs, rows, columns);
        boolean wide = rows * columns >= NARROW_ELEMENTS;
        if (kernel.columnCoupled()) {
            Group group = Group.of(rows);
            KernelVariant variant = new KernelVariant(kernel, Form.COUPLED, reduction, element, element, broadcasts, 1,
                    true, true, wide, group.size(), group.threads(), group.perThread());
            return new LaunchPlan(variant, blocks(columns, group.columnsPerBlock(), Integer.MAX_VALUE), 1, 0);
        }
        int lanes = rows % lanes(kernel, element) == 0 ? lanes(kernel, element) : 1;
        boolean aligned = lanes == 1 || isAligned(kernel, new Matrix[0], inputs, broadcasts, true, addresses);
        boolean fewLongColumns = columns < 4L * multiprocessors && rows / lanes > 128;
        int group = fewLongColumns ? THREADS : Group.powerOfTwo(Math.min(32, Math.max(1, rows / lanes)));
        KernelVariant variant = new KernelVariant(kernel, Form.ALONG_COLUMNS, reduction, element, element, broadcasts,
                lanes, aligned, true, wide, group, THREADS, 1);
        return new LaunchPlan(variant, blocks(columns, THREADS / group, Integer.MAX_VALUE), 1, 0);
    }

    /** The reduction of a kernel's one output along rows; not for coupled kernels. */
    static LaunchPlan alongRows(Kernel kernel, Reduction reduction, long rows, long columns,
            List<Broadcast> broadcasts, Real input, Real output, int multiprocessors) {
        int group = Group.powerOfTwo(Math.min(32, rows));
        int gridX = blocks(rows, group, Integer.MAX_VALUE);
        long perStep = THREADS / group;
        long wanted = Math.max(1, BLOCKS_PER_MULTIPROCESSOR * multiprocessors / gridX);
        long most = Math.max(1, columns / (4 * perStep));
        long chunks = Math.min(Math.min(wanted, most), MOST_CHUNKS);
        long chunk = Math.max(1, ceiling(columns, chunks));
        KernelVariant variant = new KernelVariant(kernel, Form.ALONG_ROWS, reduction, input, output, broadcasts, 1,
                true, true, rows * columns >= NARROW_ELEMENTS, group, THREADS, 1);
        return new LaunchPlan(variant, gridX, (int) Math.max(1, ceiling(columns, chunk)), chunk);
    }

    static List<Broadcast> broadcasts(Matrix[] inputs, long rows, long columns) {
        List<Broadcast> result = new ArrayList<>(inputs.length);
        for (Matrix input : inputs) {
            result.add(Broadcast.of(input, rows, columns));
        }
        return result;
    }

    private static int lanes(Kernel kernel, Real element) {
        return KernelProgram.size(kernel.instructions()) > LARGE ? 1 : VECTOR_BYTES / element.bytes();
    }

    private static boolean isAligned(Kernel kernel, Matrix[] outputs, Matrix[] inputs, List<Broadcast> broadcasts,
            boolean evenRows, Addresses addresses) {
        for (Matrix output : outputs) {
            if (addresses.of(output) % VECTOR_BYTES != 0) {
                return false;
            }
        }
        BitSet used = KernelProgram.inputs(kernel);
        for (int k = used.nextSetBit(0); k >= 0; k = used.nextSetBit(k + 1)) {
            Broadcast broadcast = broadcasts.get(k);
            boolean vector = broadcast == Broadcast.FULL || broadcast == Broadcast.COLUMN && evenRows;
            if (vector && addresses.of(inputs[k]) % VECTOR_BYTES != 0) {
                return false;
            }
        }
        return true;
    }

    private static int blocks(long work, int perBlock, int most) {
        return (int) Math.min(Math.max(1, ceiling(work, perBlock)), most);
    }

    private static long ceiling(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** The threads that share a column of a coupled kernel: lanes of a warp, or a block of its own. */
    private record Group(int size, int threads, int perThread) {

        static Group of(long rows) {
            if (rows <= 32) {
                return new Group(powerOfTwo(rows), 128, 1);
            } else if (rows <= 128) {
                return new Group(32, 128, (int) ceiling(rows, 32));
            }
            int threads = rows <= 1024 ? 256 : rows <= 4096 ? 512 : 1024;
            return new Group(threads, threads, (int) ceiling(rows, threads));
        }

        /** The smallest that is not below. */
        static int powerOfTwo(long atLeast) {
            return atLeast <= 1 ? 1 : Integer.highestOneBit((int) atLeast - 1) * 2;
        }

        int columnsPerBlock() {
            return threads / size;
        }
    }
}
