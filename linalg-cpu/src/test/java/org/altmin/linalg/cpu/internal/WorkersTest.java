package org.altmin.linalg.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 64})
    void everyBlockRunsOnceAndAWorkerRunsOneAtATime(int threads) {
        try (Workers workers = new Workers(threads)) {
            AtomicIntegerArray busy = new AtomicIntegerArray(threads);
            for (int blocks = 0; blocks < 200; blocks++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(blocks);
                workers.run(blocks, (worker, block) -> {
                    assertThat(busy.incrementAndGet(worker)).isEqualTo(1);
                    runs.incrementAndGet(block);
                    busy.decrementAndGet(worker);
                });
                for (int block = 0; block < blocks; block++) {
                    assertThat(runs.get(block)).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatATaskThrowsReachesTheCallerAndTheNextTaskRuns(int threads) {
        try (Workers workers = new Workers(threads)) {
            assertThatThrownBy(() -> workers.run(10, (worker, block) -> {
                if (block == 7) {
                    throw new IllegalStateException("block 7");
                }
            })).isInstanceOf(IllegalStateException.class).hasMessage("block 7");
            AtomicIntegerArray runs = new AtomicIntegerArray(10);
            workers.run(10, (worker, block) -> runs.incrementAndGet(block));
            assertThat(runs).hasToString("[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]");
        }
    }

    @Test
    void threadsEndWhenTheWorkersAreClosed() throws InterruptedException {
        Thread[] helper = new Thread[1];
        try (Workers workers = new Workers(2)) {
            while (helper[0] == null) {
                workers.run(100, (worker, block) -> {
                    if (worker == 1) {
                        helper[0] = Thread.currentThread();
                    }
                    Thread.yield();
                });
            }
            assertThat(helper[0].isDaemon()).isTrue();
            assertThat(helper[0].isAlive()).isTrue();
        }
        helper[0].join(10_000);
        assertThat(helper[0].isAlive()).isFalse();
    }
}
