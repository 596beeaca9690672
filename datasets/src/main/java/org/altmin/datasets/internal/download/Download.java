package org.altmin.datasets.internal.download;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.altmin.linalg.AltminException;

/**
 * Downloads gzip files over HTTP. What has arrived is kept in a {@code .part} file, from which the next attempt goes
 * on; the target appears, in one move, only once its unpacked content has the wanted checksum.
 */
public final class Download {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * @param unpackedSha256 of the content that the gzip file must have
     * @throws AltminException if the server does not deliver, the content is another, or the file cannot be written
     */
    public void fetch(URI source, Path target, String unpackedSha256) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.getParent());
            boolean continued = transfer(source, part);
            if (continued && !unpackedSha256.equals(sha256OfUnpacked(part))) {
                Files.delete(part);
                transfer(source, part);
            }
            String found = sha256OfUnpacked(part);
            if (!found.equals(unpackedSha256)) {
                Files.delete(part);
                throw new AltminException(source + " is not the expected file: its unpacked content has the sha256 "
                        + found + " instead of " + unpackedSha256 + "; set mirror to another URL.");
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AltminException(target + " cannot be written: " + e
                    + "; check the folder, or set cache-dir to another one.", e);
        }
    }

    /** Completes the part file; true if it went on from what was there. */
    private boolean transfer(URI source, Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel, part);
            long kept = channel.size();
            HttpResponse<InputStream> response = request(source, kept);
            try (InputStream body = response.body()) {
                int status = response.statusCode();
                if (status == RANGE_NOT_SATISFIABLE && kept > 0) {
                    return true;
                }
                boolean continued = status == PARTIAL_CONTENT && startsAt(response, kept);
                if (!continued && status != OK) {
                    throw new AltminException(source + " cannot be downloaded: the server answers with status " + status
                            + "; try again later, set mirror to another URL, or set data-dir to a folder with the "
                            + "files.");
                }
                channel.truncate(continued ? kept : 0);
                channel.position(channel.size());
                copy(source, body, channel);
                return continued && kept > 0;
            }
        }
    }

    /** Until the channel is closed. */
    private static void lock(FileChannel channel, Path part) throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw busy(part, null);
            }
        } catch (OverlappingFileLockException e) {
            throw busy(part, e);
        }
    }

    private static AltminException busy(Path part, Exception cause) {
        return new AltminException("Another process is downloading " + part + "; wait until it has finished.", cause);
    }

    private HttpResponse<InputStream> request(URI source, long kept) {
        HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(TIMEOUT);
        if (kept > 0) {
            request.header("Range", "bytes=" + kept + "-");
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
            throw new AltminException(source + " cannot be reached" + reason + "; check the network and its proxy "
                    + "settings, set mirror to another URL, or set data-dir to a folder with the files.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AltminException("The download of " + source + " was interrupted; run it again to go on.", e);
        }
    }

    private static boolean startsAt(HttpResponse<?> response, long position) {
        return response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + position + "-");
    }

    private static void copy(URI source, InputStream body, FileChannel channel) throws IOException {
        byte[] chunk = new byte[1 << 16];
        while (true) {
            int read;
            try {
                read = body.read(chunk);
            } catch (IOException e) {
                throw new AltminException("The download of " + source + " broke off after " + channel.size()
                        + " bytes, which are kept; run it again to go on from there.", e);
            }
            if (read < 0) {
                return;
            }
            ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /** The checksum, or why there is none. */
    private static String sha256OfUnpacked(Path packed) {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(packed)), 1 << 16)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } catch (IOException e) {
            return "(none, since it cannot be unpacked: " + e.getMessage() + ")";
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
