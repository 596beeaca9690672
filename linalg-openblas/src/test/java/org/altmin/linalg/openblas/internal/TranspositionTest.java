package org.altmin.linalg.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TranspositionTest {

    @ParameterizedTest
    @EnumSource(Precision.class)
    void holdsTheTransposeOfABlock(Precision precision) {
        HeapBuffer buffer = buffer(precision, 5000);
        try (Workers workers = new Workers(2)) {
            Transposition transposition = new Transposition(precision, workers);
            for (int rows : new int[] {1, 31, 64, 70}) {
                for (int columns : new int[] {45, 1, 32}) {
                    Block result = transposition.of(new Block(buffer, 7, 73), rows, columns);
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            assertThat(result.buffer().get(result.at() + j + i * result.stride()))
                                    .isEqualTo(buffer.get(7 + i + j * 73));
                        }
                    }
                }
            }
        }
    }

    /** 0, 1, 2, … */
    private static HeapBuffer buffer(Precision precision, int length) {
        HeapBuffer buffer = HeapBuffer.allocate(precision, length);
        for (int i = 0; i < length; i++) {
            buffer.set(i, i);
        }
        return buffer;
    }
}
