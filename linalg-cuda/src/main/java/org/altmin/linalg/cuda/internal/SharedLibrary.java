package org.altmin.linalg.cuda.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A shared library as ELF stores it (64 bits, little-endian). It can be made to need another library than the one it
 * was linked to, if that has all functions that are called and a name of the same length: NVIDIA's libraries give every
 * function their own name as its version, so that a symbolic link would not do.
 */
final class SharedLibrary {

    private static final int VERSIONS_NEEDED = 0x6ffffffe;

    private final byte[] bytes;
    private final ByteBuffer elf;

    SharedLibrary(byte[] content) {
        bytes = content.clone();
        elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 64 || elf.getInt(0) != 0x464c457f || elf.get(4) != 2) {
            throw new IllegalArgumentException("not a 64-bit ELF library");
        }
    }

    byte[] content() {
        return bytes.clone();
    }

    /** Needs {@code to} in place of {@code from}, if it needs that at all. */
    SharedLibrary relinked(String from, String to) {
        if (from.length() != to.length()) {
            throw new IllegalArgumentException(from + " and " + to + " differ in length");
        }
        SharedLibrary result = new SharedLibrary(bytes);
        result.relink(from, to);
        return result;
    }

    private void relink(String from, String to) {
        int sections = (int) elf.getLong(0x28);
        int size = elf.getShort(0x3a);
        int count = elf.getShort(0x3c);
        for (int k = 0; k < count; k++) {
            int section = sections + k * size;
            if (elf.getInt(section + 4) == VERSIONS_NEEDED) {
                int names = sections + elf.getInt(section + 0x28) * size;
                int from0 = (int) elf.getLong(names + 0x18);
                int length = (int) elf.getLong(names + 0x20);
                changeVersions((int) elf.getLong(section + 0x18), from0, from, to);
                changeNames(from0, length, from, to);
            }
        }
    }

    /** The versions' names are found by a hash that is stored with them. */
    private void changeVersions(int first, int names, String from, String to) {
        for (int entry = first, next = -1; next != 0; entry += next) {
            int version = entry + elf.getInt(entry + 8);
            for (int following = -1; following != 0; version += following) {
                if (isAt(names + elf.getInt(version + 8), from)) {
                    elf.putInt(version, hash(to));
                }
                following = elf.getInt(version + 12);
            }
            next = elf.getInt(entry + 12);
        }
    }

    private void changeNames(int start, int length, String from, String to) {
        byte[] replacement = to.getBytes(StandardCharsets.US_ASCII);
        for (int k = start + 1; k + replacement.length < start + length; k++) {
            if (bytes[k - 1] == 0 && isAt(k, from)) {
                System.arraycopy(replacement, 0, bytes, k, replacement.length);
            }
        }
    }

    private boolean isAt(int position, String name) {
        for (int k = 0; k < name.length(); k++) {
            if (bytes[position + k] != name.charAt(k)) {
                return false;
            }
        }
        return bytes[position + name.length()] == 0;
    }

    /** The hash of the System V ABI. */
    private static int hash(String name) {
        int hash = 0;
        for (int k = 0; k < name.length(); k++) {
            hash = (hash << 4) + name.charAt(k);
            int high = hash & 0xf0000000;
            hash = (hash ^ high >>> 24) & ~high;
        }
        return hash;
    }
}
