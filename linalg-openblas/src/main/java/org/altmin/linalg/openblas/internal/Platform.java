package org.altmin.linalg.openblas.internal;

import java.util.List;

/**
 * A platform for which Bytedeco publishes a library.
 *
 * @param project Bytedeco's name of the library, such as {@code openblas}
 * @param classifier the jar's Maven classifier, which is also the folder of its resources
 * @param library file name of the library
 * @param before files to load before it, in this order
 * @param beside files that the system's loader finds beside it, to be loaded only where it does not
 */
public record Platform(String project, String classifier, String library, List<String> before, List<String> beside) {

    boolean isLinux() {
        return classifier.startsWith("linux");
    }

    /** The processor as Linux names it in its folders. */
    String processor() {
        return classifier.endsWith("arm64") ? "aarch64" : "x86_64";
    }

    /** The jar's module. */
    String module() {
        return "org.bytedeco." + project + "." + classifier.replace('-', '.');
    }

    public String resource(String file) {
        return "org/bytedeco/" + project + "/" + classifier + "/" + file;
    }
}
