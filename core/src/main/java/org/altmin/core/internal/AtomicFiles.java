package org.altmin.core.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.altmin.linalg.AltminException;

/**
 * Files and folders that are either there as a whole or not at all: they are written beside their place and then moved
 * into it. Whatever fails, what was there before is there still.
 */
public final class AtomicFiles {

    private static final int BUFFER = 1 << 16;

    private final UnaryOperator<OutputStream> wrapper;

    public AtomicFiles() {
        this(UnaryOperator.identity());
    }

    /** @param wrapper put around every file that is written; tests let it fail */
    public AtomicFiles(UnaryOperator<OutputStream> wrapper) {
        this.wrapper = wrapper;
    }

    /** What is written into a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;

        static Content of(byte[] bytes) {
            return out -> out.write(bytes);
        }
    }

    /** @throws AltminException if the file exists and {@code replace} is not set, or it cannot be written */
    public void writeFile(Path file, boolean replace, Content content) {
        Path target = file.toAbsolutePath();
        Path draft = draftOf(target);
        try {
            if (!replace && Files.exists(target)) {
                throw exists(file);
            }
            Files.createDirectories(target.getParent());
            write(draft, content);
            moveFile(draft, target, replace);
        } catch (IOException e) {
            throw failure(file, e);
        } finally {
            discard(draft);
        }
    }

    /**
     * Writes a folder of files. An existing folder is replaced by two moves at the very end, and put back should the
     * second fail.
     *
     * @throws AltminException if the folder exists and {@code replace} is not set, or it cannot be written
     */
    public void writeFolder(Path folder, boolean replace, Map<String, Content> files) {
        Path target = folder.toAbsolutePath();
        Path draft = draftOf(target);
        try {
            if (!replace && Files.exists(target)) {
                throw exists(folder);
            }
            Files.createDirectories(target.getParent());
            Files.createDirectory(draft);
            for (Map.Entry<String, Content> file : files.entrySet()) {
                write(draft.resolve(file.getKey()), file.getValue());
            }
            moveFolder(draft, target, replace);
        } catch (IOException e) {
            throw failure(folder, e);
        } finally {
            discard(draft);
        }
    }

    /** Deletes a file or folder with all it holds, as far as that is possible. */
    public static void discard(Path path) {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            return;
        }
        for (Path one : all) {
            try {
                Files.deleteIfExists(one);
            } catch (IOException e) {
                return;
            }
        }
    }

    /** The error for a file or folder that cannot be written. */
    public static AltminException failure(Path path, IOException cause) {
        return new AltminException("'" + path + "' cannot be written: " + reason(cause) + "; free space there, or name "
                + "a folder that you may write to.", cause);
    }

    /** The error for a file that cannot be read. */
    public static AltminException unreadable(Path path, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new AltminException("There is no file '" + path + "'.", cause);
        }
        return new AltminException("'" + path + "' cannot be read: " + reason(cause) + ".", cause);
    }

    private static AltminException exists(Path path) {
        return new AltminException("'" + path + "' exists already and is not overwritten; name another place or ask "
                + "for it to be replaced.");
    }

    private static String reason(IOException cause) {
        if (cause instanceof FileAlreadyExistsException exists) {
            return "'" + exists.getFile() + "' is in the way";
        }
        if (cause instanceof NotDirectoryException) {
            return "'" + cause.getMessage() + "' is not a folder";
        }
        if (cause instanceof NoSuchFileException) {
            return "'" + cause.getMessage() + "' cannot be created";
        }
        if (cause instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (cause instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static Path draftOf(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    private void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(wrapper.apply(Channels.newOutputStream(channel)), BUFFER)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void moveFile(Path draft, Path target, boolean replace) throws IOException {
        if (!replace) {
            Files.move(draft, target);
            return;
        }
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void moveFolder(Path draft, Path target, boolean replace) throws IOException {
        if (!replace || !Files.exists(target)) {
            Files.move(draft, target);
            return;
        }
        Path old = draftOf(target);
        Files.move(target, old);
        try {
            Files.move(draft, target);
        } catch (IOException e) {
            Files.move(old, target);
            throw e;
        }
        discard(old);
    }
}
