package org.altmin.linalg.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Room that is kept from product to product. */
class RoomTest {

    private static final int TOO_MANY = 1 << 16;

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

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isThereAgainAfterATransposeThatDidNotFit(Precision precision) {
        Block block = new Block(buffer(precision, 6), 0, 2);
        try (Workers workers = new Workers(1)) {
            Transposition transposition = new Transposition(precision, workers);
            assertThatThrownBy(() -> transposition.of(block, TOO_MANY, TOO_MANY)).isInstanceOf(AltminException.class);
            HeapBuffer result = transposition.of(block, 2, 3).buffer();
            assertThat(IntStream.range(0, 6).mapToDouble(result::get).toArray()).containsExactly(0, 2, 4, 1, 3, 5);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isThereAgainAfterPartialSumsThatDidNotFit(Precision precision) {
        try (Workers workers = new Workers(1)) {
            PartialSums sums = new PartialSums(precision, workers);
            assertThatThrownBy(() -> sums.reserve(TOO_MANY, TOO_MANY)).isInstanceOf(AltminException.class);
            sums.reserve(2, 3);
            assertThat(sums.result(1, 3, 3).buffer().length()).isEqualTo(6);
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
