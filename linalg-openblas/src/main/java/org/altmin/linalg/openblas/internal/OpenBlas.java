package org.altmin.linalg.openblas.internal;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.nio.file.Path;
import java.util.Map;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;
import org.altmin.linalg.openblas.internal.LibraryLocation.Missing;
import org.altmin.linalg.openblas.internal.LibraryLocation.Named;

/**
 * The OpenBLAS of this process, which computes on the calling thread alone. Its own threads wait for each other in busy
 * loops, before, during and after a product; on a machine with other work they slow everything down many times over.
 */
public final class OpenBlas {

    /** Not RTLD_GLOBAL: other libraries in the process are not to find its symbols. */
    private static final int RTLD_LAZY = 1;

    private static OpenBlas opened;

    private final NativeBLAS blas;
    private final String description;

    /**
     * Loads it when first called.
     *
     * @throws AltminException if it is missing or cannot be loaded
     */
    public static synchronized OpenBlas open(Host host) {
        if (opened == null) {
            LibraryFiles files = files(host);
            NativeHelper.JNA.load(Native::getDefaultStringEncoding);
            try {
                opened = new OpenBlas(files);
            } catch (LinkageError e) {
                throw new AltminException("OpenBLAS cannot be loaded from " + files.library() + " ("
                        + LibraryFiles.rootOf(e) + "). If programs must not be run from that folder or from"
                        + " java.io.tmpdir, name others with -D" + LibraryCache.PROPERTY
                        + "=<folder> and -Djava.io.tmpdir=<folder>; or name another OpenBLAS with -D"
                        + LibraryLocation.LIBRARY_PROPERTY + "=<file>.", e);
            }
        }
        return opened;
    }

    private OpenBlas(LibraryFiles files) {
        load(files);
        Map<String, ?> options = com.sun.jna.Platform.isWindows()
                ? Map.of()
                : Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY);
        Path file = files.library();
        NativeLibrary library = NativeLibrary.getInstance(file.toString(), options);
        library.getFunction("openblas_set_num_threads").invokeVoid(new Object[] {1});
        description = describe(text(library, "openblas_get_config"), text(library, "openblas_get_corename"));
        blas = Netlib.bind(file);
    }

    private static LibraryFiles files(Host host) {
        LibraryLocation location = LibraryLocation.find(host);
        if (location instanceof Missing missing) {
            throw new AltminException("OpenBLAS is not available: " + missing.reason() + ". "
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

    private static String text(NativeLibrary library, String function) {
        Function getter = library.getFunction(function);
        return getter.invokeString(new Object[0], false);
    }

    /** @param config such as {@code OpenBLAS 0.3.31 NO_LAPACKE DYNAMIC_ARCH} */
    private static String describe(String config, String kernels) {
        String[] words = config.split(" ");
        String release = words.length > 1 && words[0].equals("OpenBLAS") ? " " + words[1] : "";
        return "OpenBLAS" + release + " (" + kernels + ")";
    }

    /** Version, and the processor whose kernels it uses, such as {@code OpenBLAS 0.3.31 (Zen)}. */
    String description() {
        return description;
    }

    NativeBLAS blas() {
        return blas;
    }
}
