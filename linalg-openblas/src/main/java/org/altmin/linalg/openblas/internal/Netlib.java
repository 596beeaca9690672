package org.altmin.linalg.openblas.internal;

import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.NativeLAPACK;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.altmin.linalg.AltminException;

/** Binds {@code dev.ludovic.netlib} to one shared library. It does this once for the whole process, when first used. */
final class Netlib {

    private static final String BLAS = "dev.ludovic.netlib.blas";
    private static final String LAPACK = "dev.ludovic.netlib.lapack";

    private Netlib() {
    }

    /**
     * @throws AltminException if it may be bound to another library
     * @throws UnsatisfiedLinkError if it cannot be bound to this one
     */
    static NativeBLAS blas(Path library) {
        String configured = System.getProperty(property(BLAS));
        List<LogRecord> log = new ArrayList<>();
        NativeBLAS blas = bind(BLAS, library, NativeBLAS::getInstance, log);
        boolean bound = log.isEmpty();
        if (bound && !library.toString().equals(configured)) {
            throw new AltminException("Other code in this process has used " + BLAS + " before the backend 'openblas' was"
                    + " opened, and may have bound it to another BLAS; open the backend first, or name one OpenBLAS for both"
                    + " with -D" + LibraryLocation.LIBRARY_PROPERTY + "=<file> -D" + property(BLAS) + "=<file>.");
        }
        return blas;
    }

    /** @throws UnsatisfiedLinkError if it cannot be bound to this library */
    static NativeLAPACK lapack(Path library) {
        return bind(LAPACK, library, NativeLAPACK::getInstance, new ArrayList<>());
    }

    private static String property(String netlib) {
        return netlib + ".nativeLibPath";
    }

    /**
     * Netlib reads the library's place from a system property when it is first used, and tells its log, and nobody
     * else, that it is doing so and why it fails.
     */
    private static <T> T bind(String netlib, Path library, Supplier<T> instance, List<LogRecord> log) {
        Logger logger = Logger.getLogger(netlib);
        Level level = logger.getLevel();
        boolean forwards = logger.getUseParentHandlers();
        String configured = System.getProperty(property(netlib));
        Handler recorder = new Recorder(log);
        logger.setLevel(Level.FINE);
        logger.setUseParentHandlers(false);
        logger.addHandler(recorder);
        System.setProperty(property(netlib), library.toString());
        try {
            return instance.get();
        } catch (RuntimeException e) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(netlib + " cannot be bound to " + library);
            error.initCause(log.stream().map(LogRecord::getThrown).filter(x -> x != null).findFirst().orElse(e));
            throw error;
        } finally {
            logger.removeHandler(recorder);
            logger.setLevel(level);
            logger.setUseParentHandlers(forwards);
            restore(property(netlib), configured);
        }
    }

    private static void restore(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    private static final class Recorder extends Handler {

        private final List<LogRecord> log;

        Recorder(List<LogRecord> log) {
            this.log = log;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord entry) {
            log.add(entry);
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    }
}
