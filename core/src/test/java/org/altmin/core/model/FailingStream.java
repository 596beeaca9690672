package org.altmin.core.model;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that is full after a number of bytes, over all files together. */
public final class FailingStream extends FilterOutputStream {

    private final AtomicLong free;

    public FailingStream(OutputStream out, AtomicLong free) {
        super(out);
        this.free = free;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int fits = (int) Math.min(length, Math.max(0, free.getAndAdd(-length)));
        out.write(bytes, offset, fits);
        if (fits < length) {
            throw new IOException("No space left on device");
        }
    }
}
