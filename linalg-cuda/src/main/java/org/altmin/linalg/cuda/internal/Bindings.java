package org.altmin.linalg.cuda.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.nvrtc.JNvrtc;
import org.altmin.linalg.AltminException;

/**
 * Loads JCuda. It looks for its native half in {@code java.library.path}, then as a file in the folder for temporary
 * files, then as a resource beside its classes, where it never is on a module path. So that half is unpacked into the
 * cache first, and the cache is named as the folder for temporary files for the moment in which JCuda's classes are
 * initialised. CUDA's own libraries are loaded by their paths before, since they need not be where the system looks.
 */
final class Bindings {

    private static final String TEMPORARY = "java.io.tmpdir";

    /** What a process has loaded stays so until it ends, and takes 30 ms to be looked at again. */
    private static boolean driverIsLoaded;
    private static boolean allIsLoaded;

    private Bindings() {
    }

    /** The native half's file in its jar, or null. */
    static URL resource(String file) {
        return Bindings.class.getClassLoader().getResource("lib/" + file);
    }

    static synchronized void loadDriver(Platform platform, Machine machine) {
        if (driverIsLoaded) {
            return;
        }
        machine.library(platform.driver()).ifPresent(Bindings::load);
        initialise(platform, () -> JCudaDriver.setExceptionsEnabled(true));
        driverIsLoaded = true;
    }

    /** @throws AltminException if something that was found cannot be loaded */
    static synchronized void loadAll(Platform platform, Machine machine) {
        if (allIsLoaded) {
            return;
        }
        try {
            loadDriver(platform, machine);
            platform.before().forEach(file -> machine.library(file).ifPresent(Bindings::load));
            platform.libraries().forEach(file -> machine.library(file).ifPresent(library -> {
                companions(library, platform.builtins()).forEach(Bindings::load);
                load(library);
            }));
            initialise(platform, () -> {
                JNvrtc.setExceptionsEnabled(true);
                JCublas2.setExceptionsEnabled(true);
            });
            allIsLoaded = true;
        } catch (LinkageError e) {
            throw new AltminException("CUDA's libraries or JCuda cannot be loaded (" + HostMachine.rootOf(e) + "); name"
                    + " the folder of libcublas and libnvrtc with -D" + HostMachine.LIBRARIES
                    + "=<folder>, and a folder whose files may be executed with -D" + CacheFolder.PROPERTY
                    + "=<folder>.", e);
        }
    }

    /** NVRTC asks the system's loader for its built-in functions, which need not look in the folder where NVRTC is. */
    private static List<Path> companions(Path library, String pattern) {
        List<Path> result = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(library.toRealPath().getParent(), pattern)) {
            found.forEach(result::add);
            return result;
        } catch (IOException e) {
            throw new AltminException("The folder of " + library + " cannot be read (" + e + "); name a folder that can"
                    + " with -D" + HostMachine.LIBRARIES + "=<folder>.", e);
        }
    }

    private static void load(Path library) {
        System.load(library.toAbsolutePath().toString());
    }

    private static void initialise(Platform platform, Runnable classes) {
        Path folder = unpack(platform);
        String temporary = System.getProperty(TEMPORARY);
        System.setProperty(TEMPORARY, folder.toString());
        try {
            classes.run();
        } finally {
            System.setProperty(TEMPORARY, temporary);
        }
    }

    private static Path unpack(Platform platform) {
        boolean asBuilt = platform.libraries().equals(platform.builtFor());
        Path folder = CacheFolder.path().resolve("natives").resolve("jcuda-" + JCudaJar.VERSION + "-"
                + platform.classifier() + (asBuilt ? "" : "-cuda" + Platform.NEXT_CUDA));
        try {
            for (String file : platform.bindings()) {
                byte[] content = read(file);
                unpack(asBuilt ? content : relinked(content, platform), folder.resolve(file));
            }
            return folder;
        } catch (IOException e) {
            throw new AltminException("JCuda cannot be unpacked into " + folder + " (" + e + "); name a folder that can"
                    + " be written with -D" + CacheFolder.PROPERTY + "=<folder>.", e);
        }
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = resource(file).openStream()) {
            return in.readAllBytes();
        }
    }

    private static byte[] relinked(byte[] content, Platform platform) {
        SharedLibrary library = new SharedLibrary(content);
        for (int k = 0; k < platform.libraries().size(); k++) {
            library = library.relinked(platform.builtFor().get(k), platform.libraries().get(k));
        }
        return library.content();
    }

    private static void unpack(byte[] content, Path target) throws IOException {
        boolean isThere = Files.isRegularFile(target) && Files.size(target) == content.length
                && Arrays.equals(Files.readAllBytes(target), content);
        if (!isThere) {
            CacheFolder.write(target, content);
        }
    }
}
