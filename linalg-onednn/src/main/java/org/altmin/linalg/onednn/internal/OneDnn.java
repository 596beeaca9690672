package org.altmin.linalg.onednn.internal;

import com.kenai.jffi.ArrayFlags;
import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.HeapInvocationBuffer;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Type;
import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.openblas.internal.Host;
import org.altmin.linalg.openblas.internal.LibraryCache;
import org.altmin.linalg.openblas.internal.LibraryFiles;
import org.altmin.linalg.openblas.internal.LibraryLocation;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;
import org.altmin.linalg.openblas.internal.LibraryLocation.Missing;
import org.altmin.linalg.openblas.internal.NativeHelper;

/** The oneDNN of this process, which computes on the calling thread alone. */
public final class OneDnn {

    /** Not RTLD_GLOBAL: other libraries in the process are not to find its symbols. */
    private static final int RTLD_LAZY = 1;

    /** Lent arrays are used themselves and not copied, on machines such as HotSpot that can keep them in place. */
    private static final int READ = ArrayFlags.IN | ArrayFlags.PINNED;

    private static final int CHANGED = ArrayFlags.IN | ArrayFlags.OUT | ArrayFlags.PINNED;

    /** Of dnnl_status_t. */
    private static final int OUT_OF_MEMORY = 1;

    private static final Type[] PARAMETERS = {Type.SINT8, Type.SINT8, Type.SINT64, Type.SINT64, Type.SINT64, Type.FLOAT,
        Type.POINTER, Type.SINT64, Type.POINTER, Type.SINT64, Type.FLOAT, Type.POINTER, Type.SINT64};

    private static OneDnn opened;

    private final Invoker invoker = Invoker.getInstance();
    private final CallContext call = CallContext.getCallContext(Type.SINT32, PARAMETERS, CallingConvention.DEFAULT,
            false);
    private final long sgemm;
    private final Function setThreads;
    private final ThreadLocal<Boolean> alone = ThreadLocal.withInitial(() -> false);
    private final String description;

    /**
     * Loads it when first called; asks each time whether it is there, as availability does.
     *
     * @throws AltminException if it is missing, cannot be unpacked or loaded, or does not multiply as it should
     */
    public static synchronized OneDnn open(Host host) {
        LibraryLocation location = OneDnnLocation.find(host);
        if (location instanceof Missing missing) {
            throw new AltminException("The backend 'onednn' is not available: " + missing.reason() + ". "
                    + missing.remedy());
        }
        if (opened == null) {
            opened = load(LibraryCache.of(host).extract((Bundled) location));
        }
        return opened;
    }

    private static OneDnn load(LibraryFiles files) {
        new NativeHelper("jffi", "jffi.extract.dir").load(Invoker::getInstance);
        try {
            OneDnn oneDnn = new OneDnn(files.library());
            oneDnn.check();
            return oneDnn;
        } catch (LinkageError e) {
            throw new AltminException("oneDNN cannot be loaded from " + files.library() + " (" + LibraryFiles.rootOf(e)
                    + "). If programs must not be run from that folder or from java.io.tmpdir, name others with -D"
                    + LibraryCache.PROPERTY + "=<folder> and -Djava.io.tmpdir=<folder>; or use backend=openblas.", e);
        }
    }

    private OneDnn(Path file) {
        NativeLibrary library = NativeLibrary.getInstance(file.toString(),
                Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY));
        sgemm = Pointer.nativeValue(library.getFunction("dnnl_sgemm"));
        // Of OpenMP, on which oneDNN was built: found through it.
        setThreads = library.getFunction("omp_set_num_threads");
        Pointer version = library.getFunction("dnnl_version").invokePointer(new Object[0]);
        description = "oneDNN " + version.getInt(0) + "." + version.getInt(Integer.BYTES);
    }

    /** Version, such as {@code oneDNN 3.13}. */
    String description() {
        return description;
    }

    /**
     * C ← α op(A) op(B) + β C, where C is m × n and op(A) is m × inner, all column by column.
     *
     * @param atA index of A's first element
     * @param strideA from one column of A to the next
     */
    void sgemm(boolean transposeA, boolean transposeB, int m, int n, int inner, float alpha, float[] a, int atA,
            int strideA, float[] b, int atB, int strideB, float beta, float[] c, int atC, int strideC) {
        requireWithin(a, atA, strideA, transposeA ? inner : m, transposeA ? m : inner);
        requireWithin(b, atB, strideB, transposeB ? n : inner, transposeB ? inner : n);
        requireWithin(c, atC, strideC, m, n);
        computeAlone();
        // What is column by column here is row by row there: Cᵀ ← α op(B)ᵀ op(A)ᵀ + β Cᵀ.
        HeapInvocationBuffer arguments = new HeapInvocationBuffer(call);
        arguments.putByte(transposeB ? 'T' : 'N');
        arguments.putByte(transposeA ? 'T' : 'N');
        arguments.putLong(n);
        arguments.putLong(m);
        arguments.putLong(inner);
        arguments.putFloat(alpha);
        put(b, atB, READ, arguments);
        arguments.putLong(strideB);
        put(a, atA, READ, arguments);
        arguments.putLong(strideA);
        arguments.putFloat(beta);
        put(c, atC, CHANGED, arguments);
        arguments.putLong(strideC);
        int status = invoker.invokeInt(call, sgemm, arguments);
        if (status == OUT_OF_MEMORY) {
            throw new AltminException("oneDNN found too little memory beside Java's heap for a product of " + m + "x"
                    + inner + " and " + inner + "x" + n + "; give Java less (-Xmx), or use backend=openblas.");
        } else if (status != 0) {
            throw new IllegalStateException("dnnl_sgemm of " + m + "x" + inner + " and " + inner + "x" + n
                    + " returned " + status);
        }
    }

    /** Whether the place of this element can be told to it. */
    static boolean reaches(int at) {
        return at <= Integer.MAX_VALUE / Float.BYTES;
    }

    /** Of a lent array jffi takes the offset in bytes, and does not look at the length. */
    private static void put(float[] array, int at, int use, HeapInvocationBuffer arguments) {
        arguments.putArray(array, Math.multiplyExact(at, Float.BYTES), array.length - at, use);
    }

    private static void requireWithin(float[] array, int at, int stride, int rows, int columns) {
        long end = at + (columns - 1L) * stride + rows;
        if (at < 0 || rows > stride || end > array.length) {
            throw new IndexOutOfBoundsException(rows + "x" + columns + " elements from " + at + " with stride " + stride
                    + " do not lie in an array of " + array.length);
        }
    }

    /** OpenMP's number of threads is the calling thread's own. */
    private void computeAlone() {
        if (!alone.get()) {
            setThreads.invokeVoid(new Object[] {1});
            alone.set(true);
        }
    }

    /** That arrays are handed over from where they should: a jffi that counts otherwise would go unnoticed. */
    private void check() {
        float[] a = {9, 9, 9, 1, 2, 3, 4};
        float[] b = {9, 9, 9, 9, 9, 5, 6, 7, 8};
        float[] c = {9, Float.NaN, Float.NaN, Float.NaN, Float.NaN};
        sgemm(false, false, 2, 2, 2, 1, a, 3, 2, b, 5, 2, 0, c, 1, 2);
        if (!Arrays.equals(c, new float[] {9, 23, 34, 31, 46})) {
            throw new AltminException("The backend 'onednn' does not work with the jffi on this path: a product of two"
                    + " known matrices came out as " + Arrays.toString(c) + "; put jffi " + OneDnnLocation.jar("jffi")
                    + " there, or use backend=openblas.");
        }
    }
}
