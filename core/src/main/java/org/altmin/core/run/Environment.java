package org.altmin.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;

/**
 * env.json: where a run takes place.
 *
 * @param altmin its version
 * @param jdk version, vendor and virtual machine
 * @param os name, version and architecture
 * @param cpu the processor's model, or "unknown"
 * @param cores that Java may use
 * @param maxHeapBytes that the Java heap may take
 * @param backend the name of the backend
 * @param backendDescription its library, version, device and threads
 */
public record Environment(String altmin, String jdk, String os, String cpu, int cores, long maxHeapBytes,
        String backend, String backendDescription, Precision precision, long seed) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** Here and now, on an open backend. */
    public static Environment current(LinearAlgebra la, long seed) {
        return new Environment(AltminVersion.current(),
                properties("java.version", "java.vendor", "java.vm.name"),
                properties("os.name", "os.version", "os.arch"), cpuModel(),
                Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory(),
                la.name(), la.description(), la.precision(), seed);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("altmin", altmin);
        json.put("jdk", jdk);
        json.put("os", os);
        json.put("cpu", cpu);
        json.put("cores", cores);
        json.put("maxHeapBytes", maxHeapBytes);
        json.put("backend", backend);
        json.put("backendDescription", backendDescription);
        json.put("precision", precision.name().toLowerCase(Locale.ROOT));
        json.put("seed", seed);
        return json;
    }

    static String cpuModel() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return cpuModel(lines.toList());
        } catch (IOException e) {
            // Only Linux has this file; Windows has an environment variable instead.
            String windows = System.getenv("PROCESSOR_IDENTIFIER");
            return windows == null ? "unknown" : windows;
        }
    }

    static String cpuModel(List<String> info) {
        return info.stream().filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
    }

    private static String properties(String first, String second, String third) {
        return System.getProperty(first) + ", " + System.getProperty(second) + ", " + System.getProperty(third);
    }
}
