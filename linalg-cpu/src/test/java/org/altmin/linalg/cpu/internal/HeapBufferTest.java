package org.altmin.linalg.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.altmin.linalg.AltminException;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeapBufferTest {

    @Test
    void aMatrixLongerThanAnArrayIsRefused() {
        assertThatThrownBy(() -> HeapBuffer.allocate(Precision.FLOAT32, 1L << 31))
                .isInstanceOf(AltminException.class)
                .hasMessageContaining("2147483648 elements")
                .hasMessageContaining("fewer samples");
    }

    @Test
    void aHeapThatIsTooSmallIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> HeapBuffer.allocate(Precision.FLOAT64, HeapBuffer.LONGEST))
                .isInstanceOf(AltminException.class)
                .hasMessageContaining("16.00 GiB")
                .hasMessageContaining("-Xmx");
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void elementsAreReadAndWrittenInEitherPrecision(Precision precision) {
        HeapBuffer buffer = HeapBuffer.allocate(precision, 5);
        buffer.write(1, new double[] {9, 0.1, -2}, 1, 2);
        buffer.write(3, new float[] {9, 9, 0.5f}, 2, 1);
        double tenth = precision == Precision.FLOAT32 ? 0.1f : 0.1;
        double[] doubles = new double[6];
        buffer.read(0, doubles, 1, 5);
        assertThat(doubles).containsExactly(0, 0, tenth, -2, 0.5, 0);
        float[] floats = new float[2];
        buffer.read(1, floats, 0, 2);
        assertThat(floats).containsExactly(0.1f, -2f);
        assertThat(buffer.get(1)).isEqualTo(tenth);
    }
}
