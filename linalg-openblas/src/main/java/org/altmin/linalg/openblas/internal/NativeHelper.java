package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.AltminException;

/**
 * A Java library by which native ones are called. It has a native half of its own, which it unpacks anew in every
 * process, and which may fail where the libraries that it is for would not.
 *
 * @param name its own
 * @param folder system property that names the folder into which it unpacks that half
 */
public record NativeHelper(String name, String folder) {

    static final NativeHelper JNA = new NativeHelper("JNA", "jna.tmpdir");

    /**
     * Initialises it.
     *
     * @param use anything for which it needs its native half
     * @throws AltminException if that cannot be unpacked or loaded
     */
    public void load(Runnable use) {
        try {
            use.run();
        } catch (LinkageError e) {
            throw new AltminException(name + ", by which altmin calls native libraries, cannot unpack or load its own "
                    + "native half (" + LibraryFiles.rootOf(e) + "). Let it write and run files in the folder for "
                    + "temporary files, where space or a limit on the size of files (ulimit -f) may be short, or name "
                    + "another folder with -D" + folder + "=<folder>; or use backend=cpu.", e);
        }
    }
}
