package org.altmin.linalg.openblas.internal;

import dev.ludovic.netlib.blas.NativeBLAS;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.altmin.linalg.AltminException;

/** Binds {@code dev.ludovic.netlib.blas} to a shared library. It is bound once in a process, when it is first used. */
final class Netlib {

    private static final String NAME = "dev.ludovic.netlib.blas";
    private static final String PROPERTY = NAME + ".nativeLibPath";

    private Netlib() {
    }

    /**
     * Netlib takes the library's place from a system property. That it is doing so, and why it fails, it tells its log
     * and nobody else.
     *
     * @throws AltminException if it may be bound to another library already
     * @throws UnsatisfiedLinkError if it cannot be bound to this one
     */
    static NativeBLAS bind(Path library) {
        String configured = System.getProperty(PROPERTY);
        Recorder recorder = new Recorder();
        Logger logger = Logger.getLogger(NAME);
        Level level = logger.getLevel();
        boolean forwards = logger.getUseParentHandlers();
        logger.setLevel(Level.FINE);
        logger.setUseParentHandlers(false);
        logger.addHandler(recorder);
        System.setProperty(PROPERTY, library.toString());
        try {
            NativeBLAS blas = NativeBLAS.getInstance();
            requireNew(recorder, library, configured);
            return blas;
        } catch (AltminException e) {
            throw e;
        } catch (RuntimeException e) {
            requireNew(recorder, library, configured);
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(NAME + " cannot be bound to " + library);
            error.initCause(recorder.failure(e));
            throw error;
        } finally {
            logger.removeHandler(recorder);
            logger.setLevel(level);
            logger.setUseParentHandlers(forwards);
            restore(configured);
        }
    }

    private static void requireNew(Recorder recorder, Path library, String configured) {
        if (recorder.entries.isEmpty() && !library.toString().equals(configured)) {
            throw new AltminException("Other code in this process used " + NAME + " before the backend 'openblas' was"
                    + " opened, and may have bound it to another BLAS; open the backend first, or name one OpenBLAS for"
                    + " both with -D" + LibraryLocation.LIBRARY_PROPERTY + "=<file> and -D" + PROPERTY + "=<file>.");
        }
    }

    private static void restore(String configured) {
        if (configured == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, configured);
        }
    }

    private static final class Recorder extends Handler {

        private final List<LogRecord> entries = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            entries.add(entry);
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }

        Throwable failure(Throwable otherwise) {
            return entries.stream().map(LogRecord::getThrown).filter(Objects::nonNull).findFirst().orElse(otherwise);
        }
    }
}
