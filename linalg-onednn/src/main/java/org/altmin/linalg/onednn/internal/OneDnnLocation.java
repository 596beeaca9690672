package org.altmin.linalg.onednn.internal;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.altmin.linalg.openblas.internal.CLibrary;
import org.altmin.linalg.openblas.internal.Host;
import org.altmin.linalg.openblas.internal.JarVersion;
import org.altmin.linalg.openblas.internal.LibraryLocation;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;
import org.altmin.linalg.openblas.internal.LibraryLocation.Missing;
import org.altmin.linalg.openblas.internal.Platform;

/** Where oneDNN is: in its jar, or nowhere. */
public final class OneDnnLocation {

    public static final JarVersion JAR = jar("dnnl");

    private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64");

    private static final List<String> FOLDERS = List.of("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu", "usr/lib64",
            "lib64", "usr/lib", "lib");

    private static final String OTHERWISE = "Use backend=openblas.";

    private static final Platform PLATFORM = new Platform("dnnl", "linux-x86_64", "libdnnl.so.3", List.of(),
            List.of("libgomp.so.1"));

    private OneDnnLocation() {
    }

    /** The version of a jar that this module is built with. */
    static JarVersion jar(String artifact) {
        return JarVersion.read(OneDnnLocation.class.getResourceAsStream("jars.properties"), artifact);
    }

    /** Looks, and neither writes nor loads anything. */
    public static LibraryLocation find(Host host) {
        String system = host.property("os.name");
        String architecture = host.property("os.arch");
        if (!system.toLowerCase(Locale.ROOT).startsWith("linux") || !PROCESSORS.contains(architecture)) {
            return new Missing("it is offered for Linux on amd64 alone, and this is " + system + " on " + architecture,
                    OTHERWISE);
        }
        Optional<URL> resource = host.resources().apply(PLATFORM);
        if (resource.isEmpty()) {
            return new Missing("the oneDNN jar for linux-x86_64 is neither on the class path nor on the module path",
                    "Add the jar org.bytedeco:dnnl:" + JAR + ":linux-x86_64, or use backend=openblas.");
        }
        Optional<String> old = CLibrary.unsuitable(PLATFORM, host.root());
        if (old.isPresent()) {
            return new Missing("the oneDNN jar needs glibc 2.34 or newer, and this system has " + old.get(), OTHERWISE);
        }
        if (!hasStandardLibrary(host)) {
            return new Missing("oneDNN needs libstdc++.so.6, the C++ library, which is in none of the usual folders",
                    "Install it (in Debian the package libstdc++6), name its folder in LD_LIBRARY_PATH, or use "
                            + "backend=openblas.");
        }
        return new Bundled(PLATFORM, resource.get());
    }

    private static boolean hasStandardLibrary(Host host) {
        Stream<Path> named = Stream.of(host.variable("LD_LIBRARY_PATH").split(":"))
                .filter(folder -> !folder.isEmpty()).map(Path::of);
        return Stream.concat(named, FOLDERS.stream().map(host.root()::resolve))
                .anyMatch(folder -> Files.exists(folder.resolve("libstdc++.so.6")));
    }
}
