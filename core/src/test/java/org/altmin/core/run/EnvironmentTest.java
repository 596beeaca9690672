package org.altmin.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void theVersionIsTheProjects() {
        assertThat(AltminVersion.current()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void theProcessorIsReadFromTheSystemsList() {
        assertThat(Environment.cpuModel(List.of("processor\t: 0", "model name\t: Fast: One", "model name\t: Two")))
                .isEqualTo("Fast: One");
        assertThat(Environment.cpuModel(List.of("processor\t: 0"))).isEqualTo("unknown");
        assertThat(Environment.cpuModel()).isNotBlank();
    }

    @Test
    void peakMemoryIsTheLargestResidentSetWhereTheSystemTells() {
        assertThat(PeakMemory.residentPeak(List.of("Name:\tjava", "VmPeak:\t  9 kB", "VmHWM:\t  1234 kB")))
                .hasValue(1234 * 1024);
        assertThat(PeakMemory.residentPeak(List.of("Name:\tjava"))).isEmpty();
        PeakMemory peak = PeakMemory.measure();
        boolean linux = Files.exists(Path.of("/proc/self/status"));
        assertThat(peak.source()).isEqualTo(
                linux ? PeakMemory.Source.RESIDENT_SET : PeakMemory.Source.JAVA_HEAP);
        assertThat(peak.bytes()).isGreaterThan(1 << 20);
        assertThat(PeakMemory.heapPeak()).isGreaterThan(1 << 20);
    }
}
