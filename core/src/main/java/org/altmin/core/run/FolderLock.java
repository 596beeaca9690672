package org.altmin.core.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock on a file of a run's folder, until it is closed or the process ends.
 *
 * <p>On POSIX systems a process loses its lock on a file when it closes any channel to it, one that was refused the
 * lock too. So what this process has locked is known here, and is not opened again.
 */
final class FolderLock implements AutoCloseable {

    /** Behind all that the file will ever hold, so that it can be read meanwhile where locks are heeded by all. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    /** As locks are, the process's own. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;

    private FolderLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Locks a file, which is created if need be; against this process alone where the file system has no locks.
     *
     * @return empty if it is locked already
     */
    static Optional<FolderLock> take(Path folder, String file) throws IOException {
        Path key = folder.toRealPath().resolve(file);
        if (!HELD.add(key)) {
            return Optional.empty();
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException | RuntimeException e) {
            HELD.remove(key);
            throw e;
        }
        FolderLock lock = new FolderLock(key, channel);
        if (lock.holds()) {
            return Optional.of(lock);
        }
        lock.close();
        return Optional.empty();
    }

    private boolean holds() {
        try {
            return channel.tryLock(LOCKED, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            // Another loader's copy of this class holds it.
            return false;
        } catch (IOException e) {
            // This file system has no locks.
            return true;
        }
    }

    /** To append to the file. */
    FileChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(key);
        }
    }
}
