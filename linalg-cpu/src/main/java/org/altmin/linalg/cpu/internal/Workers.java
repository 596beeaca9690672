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
     * How long, in ns, the caller looks at least whether the last blocks are done, and a helper whether there is
     * another task, before it goes to sleep: about what waking up takes.
     */
    private static final long LEAST_PATIENCE = 50_000;

    /**
     * How long at most. After long tasks it is worth it: threads that are woken up may have to share a processor for a
     * second or two until the system has spread them, with another processor idle.
     */
    private static final long MOST_PATIENCE = 5_000_000;

    /** How often it looks before it looks at the clock. */
    private static final int LOOKS = 64;

    private final Thread[] helpers;
    private final long mostPatience;
    private volatile Job current;
    private volatile boolean closed;

    public Workers(int threads) {
        boolean outnumber = threads > Runtime.getRuntime().availableProcessors();
        mostPatience = outnumber ? LEAST_PATIENCE : MOST_PATIENCE;
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
        job.await(patience(job.work(0)));
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
        long patience = LEAST_PATIENCE;
        while (!closed) {
            Job job = awaitOther(last, patience);
            if (job == null) {
                last = null;
                LockSupport.park(this);
            } else {
                patience = patience(job.work(worker));
                last = job;
            }
        }
    }

    /** As long as the last task took, so that short ones leave the processors to others, such as Java's compiler. */
    private long patience(long worked) {
        return Math.max(LEAST_PATIENCE, Math.min(mostPatience, worked));
    }

    /** A job other than {@code last}, or null if none comes soon. */
    private Job awaitOther(Job last, long patience) {
        long start = System.nanoTime();
        do {
            for (int i = 0; i < LOOKS; i++) {
                Job job = current;
                if (job != null && job != last || closed) {
                    return job;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - start < patience);
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

        /** Takes blocks until there are no more, and returns how long that took, in ns. */
        long work(int worker) {
            long start = System.nanoTime();
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
            return System.nanoTime() - start;
        }

        void await(long patience) {
            long start = System.nanoTime();
            while (finished.get() < blocks && System.nanoTime() - start < patience) {
                for (int i = 0; i < LOOKS && finished.get() < blocks; i++) {
                    Thread.onSpinWait();
                }
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
