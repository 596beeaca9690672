package org.altmin.linalg.cpu.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of one backend: the caller and {@code threads − 1} daemons, which share the blocks of one task at a time.
 * Which worker takes which block is left to chance, so a task must not let its result depend on it.
 */
public final class Workers implements AutoCloseable {

    /** What is done for each block; blocks run at the same time, a worker one at a time. */
    @FunctionalInterface
    public interface Task {

        /**
         * @param worker 0 … threads − 1, for its workspace
         */
        void run(int worker, int block);
    }

    /**
     * How often the caller looks whether the last blocks are done, and a helper whether there is another task, before
     * it goes to sleep: some 50 µs, about what waking up takes.
     */
    private static final int SPINS = 2000;

    private final Thread[] helpers;
    private volatile Job current;
    private volatile boolean closed;

    public Workers(int threads) {
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            int worker = i + 1;
            helpers[i] = new Thread(() -> help(worker), "altmin-worker-" + worker);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    /** How many workers there are, the caller included. */
    public int threads() {
        return helpers.length + 1;
    }

    /** Runs all blocks on the calling thread, in order. */
    public static void runAlone(int blocks, Task task) {
        for (int block = 0; block < blocks; block++) {
            task.run(0, block);
        }
    }

    /** Runs all blocks and returns when they are done; a single block runs on the calling thread. */
    public void run(int blocks, Task task) {
        int helping = Math.min(helpers.length, blocks - 1);
        if (helping <= 0) {
            runAlone(blocks, task);
            return;
        }
        Job job = new Job(task, blocks, Thread.currentThread());
        current = job;
        for (int i = 0; i < helping; i++) {
            LockSupport.unpark(helpers[i]);
        }
        job.work(0);
        job.await();
        current = null;
        job.rethrow();
    }

    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    private void help(int worker) {
        Job last = null;
        while (!closed) {
            Job job = awaitOther(last);
            if (job == null) {
                last = null;
                LockSupport.park(this);
            } else {
                job.work(worker);
                last = job;
            }
        }
    }

    /** A job other than {@code last}, or null if none comes soon. */
    private Job awaitOther(Job last) {
        for (int i = 0; i < SPINS; i++) {
            Job job = current;
            if (job != null && job != last) {
                return job;
            }
            Thread.onSpinWait();
        }
        return null;
    }

    private static final class Job {

        private final Task task;
        private final int blocks;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger finished = new AtomicInteger();
        private volatile Throwable failure;

        Job(Task task, int blocks, Thread caller) {
            this.task = task;
            this.blocks = blocks;
            this.caller = caller;
        }

        void work(int worker) {
            for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
                try {
                    if (failure == null) {
                        task.run(worker, block);
                    }
                } catch (Throwable e) {
                    failure = e;
                }
                if (finished.incrementAndGet() == blocks) {
                    LockSupport.unpark(caller);
                }
            }
        }

        void await() {
            for (int i = 0; i < SPINS && finished.get() < blocks; i++) {
                Thread.onSpinWait();
            }
            while (finished.get() < blocks) {
                LockSupport.park(this);
            }
        }

        void rethrow() {
            if (failure instanceof RuntimeException e) {
                throw e;
            } else if (failure instanceof Error e) {
                throw e;
            }
        }
    }
}
