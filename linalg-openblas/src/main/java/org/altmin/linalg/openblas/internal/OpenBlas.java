package org.altmin.linalg.openblas.internal;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.NativeLAPACK;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;
import org.altmin.linalg.openblas.internal.LibraryLocation.Missing;
import org.altmin.linalg.openblas.internal.LibraryLocation.Named;

/** The OpenBLAS of this process. Its number of threads is the process's too, so every call says how many it needs. */
public final class OpenBlas {

    /** Not RTLD_GLOBAL: other libraries in the process are not to find its symbols. */
    private static final int RTLD_LAZY = 1;

    private static OpenBlas opened;

    private final NativeBLAS blas;
    private final NativeLAPACK lapack;
    private final String description;
    private final Function setThreads;
    private final ReadWriteLock threadsLock = new ReentrantReadWriteLock();
    private int threads;

    /**
     * Loads it when first called.
     *
     * @throws AltminException if it is missing or cannot be loaded
     */
    public static synchronized OpenBlas open(Host host) {
        if (opened == null) {
            LibraryFiles files = files(host);
            try {
                opened = new OpenBlas(files);
            } catch (LinkageError e) {
                throw new AltminException("OpenBLAS cannot be loaded from " + files.library() + " (" + rootOf(e)
                        + "). If files there must not be executed, name another folder with -D" + LibraryCache.PROPERTY
                        + "=<folder> and -Djava.io.tmpdir=<folder>; or name another OpenBLAS with -D"
                        + LibraryLocation.LIBRARY_PROPERTY + "=<file>.", e);
            }
        }
        return opened;
    }

    private OpenBlas(LibraryFiles files) {
        load(files);
        Path file = files.library();
        Map<String, ?> options = com.sun.jna.Platform.isWindows()
                ? Map.of()
                : Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY);
        NativeLibrary library = NativeLibrary.getInstance(file.toString(), options);
        setThreads = library.getFunction("openblas_set_num_threads");
        String version = library.getFunction("openblas_get_config").invokeString(new Object[0], false);
        String kernels = library.getFunction("openblas_get_corename").invokeString(new Object[0], false);
        description = describe(version, kernels);
        blas = Netlib.blas(file);
        lapack = Netlib.lapack(file);
    }

    private static LibraryFiles files(Host host) {
        LibraryLocation location = LibraryLocation.find(host);
        if (location instanceof Missing missing) {
            throw new AltminException("The backend 'openblas' is not available: " + missing.reason() + ". "
                    + missing.remedy());
        } else if (location instanceof Named named) {
            return LibraryFiles.of(named.file());
        }
        return LibraryCache.of(host).extract((Bundled) location);
    }

    private static void load(LibraryFiles files) {
        try {
            loadInOrder(files);
        } catch (UnsatisfiedLinkError e) {
            if (files.beside().isEmpty()) {
                throw e;
            }
            for (Path file : files.beside()) {
                System.load(file.toString());
            }
            loadInOrder(files);
        }
    }

    private static void loadInOrder(LibraryFiles files) {
        for (Path file : files.before()) {
            System.load(file.toString());
        }
        System.load(files.library().toString());
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** @param version such as {@code OpenBLAS 0.3.31 NO_LAPACKE DYNAMIC_ARCH} */
    private static String describe(String version, String kernels) {
        String[] words = version.split(" ");
        String release = words.length > 1 && words[0].equals("OpenBLAS") ? "OpenBLAS " + words[1] : "OpenBLAS";
        return release + " (" + kernels + ")";
    }

    /** Version and the processor whose kernels it uses, such as {@code OpenBLAS 0.3.31 (Zen)}. */
    String description() {
        return description;
    }

    NativeBLAS blas() {
        return blas;
    }

    NativeLAPACK lapack() {
        return lapack;
    }

    /** Runs calls of {@link #blas()} and {@link #lapack()} with this number of threads. */
    void run(int count, Runnable calls) {
        Lock shared = threadsLock.readLock();
        shared.lock();
        try {
            if (threads == count) {
                calls.run();
                return;
            }
        } finally {
            shared.unlock();
        }
        Lock exclusive = threadsLock.writeLock();
        exclusive.lock();
        try {
            if (threads != count) {
                setThreads.invokeVoid(new Object[] {count});
                threads = count;
            }
            shared.lock();
        } finally {
            exclusive.unlock();
        }
        try {
            calls.run();
        } finally {
            shared.unlock();
        }
    }
}
