package org.altmin.linalg.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.altmin.linalg.AltminException;
import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoomTest {

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isReplacedOnlyByMore(Precision precision) {
        Room room = new Room(precision);
        HeapBuffer first = room.atLeast(6);
        assertThat(first.length()).isEqualTo(6);
        assertThat(room.atLeast(4)).isSameAs(first).isSameAs(room.buffer());
        assertThat(room.atLeast(7).length()).isEqualTo(7);
        assertThat(room.buffer()).isNotSameAs(first);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isThereAgainAfterMoreThanFits(Precision precision) {
        Room room = new Room(precision);
        assertThatThrownBy(() -> room.atLeast(1L << 32)).isInstanceOf(AltminException.class);
        assertThat(room.atLeast(2).length()).isEqualTo(2);
    }
}
