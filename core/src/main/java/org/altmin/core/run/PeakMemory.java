package org.altmin.core.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The most memory this process has held so far, or since the last {@link #restart}. A device's memory is not in it.
 *
 * @param source what was measured, for the record
 */
public record PeakMemory(long bytes, Source source) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";
    private static final Path RESET = Path.of("/proc/self/clear_refs");
    /** What makes Linux forget the peak; see proc(5). */
    private static final String RESET_PEAK = "5";

    /** What was measured. */
    public enum Source {
        /** The peak of the resident set, heap and native memory together: VmHWM of /proc/self/status. */
        RESIDENT_SET("peak resident set of the process"),
        /** The sum of the heap pools' peaks, without native memory: all that Java tells. */
        JAVA_HEAP("peak of the Java heap");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** In words. */
        public String label() {
            return label;
        }
    }

    /**
     * Lets the peak begin anew from what is held after a garbage collection, so that runs in one process can be
     * measured one by one.
     *
     * @return whether that was possible; if not, peaks go on from the process's beginning
     */
    public static boolean restart() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        if (measure().source() == Source.JAVA_HEAP) {
            return true;
        }
        try {
            Files.writeString(RESET, RESET_PEAK);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Now. */
    public static PeakMemory measure() {
        try {
            OptionalLong resident = residentPeak(Files.readAllLines(STATUS));
            if (resident.isPresent()) {
                return new PeakMemory(resident.getAsLong(), Source.RESIDENT_SET);
            }
        } catch (IOException e) {
            // There is no such file outside Linux, which the result says.
        }
        return new PeakMemory(heapPeak(), Source.JAVA_HEAP);
    }

    static OptionalLong residentPeak(List<String> status) {
        return status.stream().filter(line -> line.startsWith(PEAK) && line.endsWith(" kB"))
                .map(line -> line.substring(PEAK.length(), line.length() - " kB".length()).strip())
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024).findFirst();
    }

    static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage).mapToLong(MemoryUsage::getUsed).sum();
    }
}
