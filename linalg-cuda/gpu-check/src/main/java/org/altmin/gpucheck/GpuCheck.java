package org.altmin.gpucheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Judges and times a backend, part by part, and prints one table. Exit codes: 0 if nothing failed, 1 if something did,
 * 3 if the backend is not available here.
 */
public final class GpuCheck {

    private static final int FAILED = 1;
    private static final int NOT_AVAILABLE = 3;

    private final long start = System.nanoTime();
    private final String started = Instant.now().toString();
    private final Table table = new Table();
    private final List<Part> begun = new ArrayList<>();
    private final PartProcess processes;
    private boolean printed;

    /** @param folder for what the parts' processes leave */
    GpuCheck(Path folder) {
        processes = new PartProcess(folder);
    }

    /** @param arguments none; see {@link Options} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        GpuCheck check = new GpuCheck(Files.createTempDirectory("gpu-check"));
        Runtime.getRuntime().addShutdownHook(new Thread(check::stop));
        System.exit(check.run());
    }

    /** @return the exit code */
    int run() throws IOException, InterruptedException {
        List<Row> device = runNow(Part.device());
        Row available = device.stream().filter(row -> row.check().equals(Device.CHECK)).findFirst().orElse(null);
        if (available != null && available.verdict() == Verdict.FAILED) {
            printed = true;
            System.out.println(available.measured());
            return NOT_AVAILABLE;
        }
        if (available != null) {
            List<Part> wanted = Part.all().stream().filter(GpuCheck::isWanted).toList();
            for (Part part : withTurn(Part.Turn.ALONE, wanted)) {
                runNow(part);
            }
            runTogether(withTurn(Part.Turn.TOGETHER, wanted));
            for (Part part : withTurn(Part.Turn.LAST, wanted)) {
                runNow(part);
            }
        }
        print("");
        return table.hasFailures() ? FAILED : 0;
    }

    /** Ends what still runs, if anything does, and shows what there is. */
    private void stop() {
        processes.stop();
        print("stopped before its end: ");
    }

    /** Prints the table unless it has been printed. */
    private synchronized void print(String how) {
        if (!printed) {
            printed = true;
            System.out.println();
            System.out.print(table);
            System.out.println();
            System.out.println(how + table.summary() + ", in " + elapsed() + " s");
            System.out.flush();
        }
    }

    private static boolean isWanted(Part part) {
        return Options.parts().isEmpty() || Options.parts().stream().anyMatch(part.name()::startsWith);
    }

    private static List<Part> withTurn(Part.Turn turn, List<Part> parts) {
        return parts.stream().filter(part -> part.turn() == turn).toList();
    }

    private List<Row> runNow(Part part) throws IOException {
        return note(part, processes.run(part, seconds(part)));
    }

    private void runTogether(List<Part> parts) throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(Options.atATime());
        try {
            Map<Part, Future<List<Row>>> results = new LinkedHashMap<>();
            parts.forEach(part -> results.put(part, executor.submit(() -> processes.run(part, seconds(part)))));
            for (Map.Entry<Part, Future<List<Row>>> result : results.entrySet()) {
                note(result.getKey(), result.getValue().get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
            executor.awaitTermination(1, TimeUnit.SECONDS);
        }
    }

    /** Adds a part's rows, and leaves them on disk in case this process dies. */
    private synchronized List<Row> note(Part part, List<Row> rows) throws IOException {
        begun.add(part);
        if (part.timed()) {
            table.addSpeeds(rows);
        } else {
            table.add(rows);
        }
        long failed = rows.stream().filter(row -> row.verdict() == Verdict.FAILED).count();
        System.out.println(elapsed() + " s: " + part.name() + ": " + rows.size() + " rows, " + failed + " failed");
        write();
        return rows;
    }

    /** A part's share of the time that is given, or what is left of that. */
    private long seconds(Part part) {
        long share = Math.round(part.seconds() * Part.scale());
        long left = Math.round(60 * Options.minutes()) - elapsed();
        return part.turn() == Part.Turn.LAST ? share : Math.min(share, left);
    }

    private long elapsed() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }

    private void write() throws IOException {
        if (Options.out().isEmpty()) {
            return;
        }
        Path folder = Files.createDirectories(Options.out().get());
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("started", started);
        header.put("seconds", elapsed());
        header.put("small", Options.small());
        table.write(folder.resolve("gpu-check.json"), header);
        Files.writeString(folder.resolve("gpu-check.txt"), table.toString());
        StringBuilder log = new StringBuilder();
        for (Part part : begun) {
            log.append("=== ").append(part.name()).append('\n').append(processes.printed(part)).append('\n');
        }
        Files.writeString(folder.resolve("gpu-check.log"), log);
    }
}
