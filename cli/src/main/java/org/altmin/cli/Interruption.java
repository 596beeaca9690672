package org.altmin.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Ctrl-C asks for a stop; the machine goes down when everything is saved and said. */
final class Interruption {

    /** As 128 + SIGINT, the shells' custom. */
    static final int EXIT_CODE = 130;
    private static final long LONGEST_LAST_STEP_SECONDS = 600;

    private Interruption() {
    }

    /** Does the work, which ends soon after {@code requestStop}, called from another thread. */
    static int during(Runnable requestStop, IntSupplier work) {
        CountDownLatch finished = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> {
            requestStop.run();
            try {
                finished.await(LONGEST_LAST_STEP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "altmin-interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            return work.getAsInt();
        } finally {
            finished.countDown();
            removeHook(onInterrupt);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The machine is going down, which is what the hook is for.
            return;
        }
    }
}
