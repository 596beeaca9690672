package org.altmin.core.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.internal.Json;
import org.altmin.core.internal.JsonView;
import org.altmin.linalg.AltminException;

/**
 * The folder {@code <name>-NNN} of one run. It holds {@code config.json}, {@code env.json}, {@code metrics.jsonl},
 * {@code summary.json}, {@code certificate.txt}, {@code train.log}, {@code checkpoints/last}, {@code checkpoints/best},
 * {@code model}, and once it has been resumed {@code resumptions.jsonl}. A new run never takes an existing folder, and
 * only one process has a folder open. Lines of the metrics and the log reach the file one by
 * one; the other files are written as a whole or not at all. Numbers that are not finite are written as null.
 *
 * <p>Safe for use by several threads, so that a shutdown hook may write too.
 */
public final class RunFolder implements AutoCloseable {

    static final String CONFIG = "config.json";
    static final String ENVIRONMENT = "env.json";
    static final String METRICS = "metrics.jsonl";
    static final String SUMMARY = "summary.json";
    static final String CERTIFICATE = "certificate.txt";
    static final String RESUMPTIONS = "resumptions.jsonl";
    private static final String LOG = "train.log";

    private final AtomicFiles files = new AtomicFiles();
    private final Path path;
    private final FolderLock lock;
    private Writer metrics;
    private final Writer log;
    private boolean closed;

    private RunFolder(Path path) throws IOException {
        this.path = path;
        lock = FolderLock.take(path, LOG).orElseThrow(() -> new AltminException("The run '" + path + "' is under way "
                + "already; wait for its end, or end it with Ctrl-C and resume it then."));
        try {
            metrics = append(path.resolve(METRICS));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        log = new BufferedWriter(Channels.newWriter(lock.channel(), StandardCharsets.UTF_8));
    }

    /**
     * Creates the folder {@code <name>-NNN} with the number after the largest there is, and the empty metrics and log
     * in it, which proves before the work that the run can be recorded.
     *
     * @param runs the folder of all runs; created if need be
     * @param name letters, digits, '.', '_' and '-'
     * @throws AltminException if the name has other characters, or the folder cannot be written to
     */
    public static RunFolder create(Path runs, String name) {
        Path folder = NumberedFolder.create(runs, name);
        try {
            Files.createDirectory(folder.resolve("checkpoints"));
        } catch (IOException e) {
            throw AtomicFiles.failure(folder, e);
        }
        return open(folder);
    }

    /**
     * Opens the folder of an earlier run, to go on in it, by {@link #dropMetricsAfter} first. Nothing in it changes
     * yet.
     *
     * @throws AltminException if it is not the folder of a run, or of one that is under way, or cannot be written to,
     *     or its metrics are damaged otherwise than a killed run leaves them
     */
    public static RunFolder resume(Path folder) {
        if (!Files.isRegularFile(folder.resolve(CONFIG))) {
            throw new AltminException("'" + folder + "' is not the folder of a run: it has no " + CONFIG + ".");
        }
        RunFolder run = open(folder);
        try {
            run.readMetrics();
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
        return run;
    }

    private static RunFolder open(Path folder) {
        try {
            return new RunFolder(folder);
        } catch (IOException e) {
            throw AtomicFiles.failure(folder, e);
        }
    }

    public Path path() {
        return path;
    }

    /** Where the model goes; see {@link org.altmin.core.model.ModelFiles}. */
    public Path model() {
        return path.resolve("model");
    }

    /** Where the state after the last saved iteration goes; see {@link Checkpoint}. */
    public Path lastCheckpoint() {
        return path.resolve("checkpoints").resolve("last");
    }

    /**
     * Where the model of the best step so far goes; see {@link org.altmin.core.model.ModelFiles}. While the run is
     * under way it may be some seconds behind.
     */
    public Path bestCheckpoint() {
        return path.resolve("checkpoints").resolve("best");
    }

    /** Writes config.json: the effective configuration. */
    public void writeConfig(Map<String, String> config) {
        document(CONFIG, config);
    }

    /** @throws AltminException if there is no config.json, or it is damaged */
    public Map<String, String> readConfig() {
        Map<String, String> config = new LinkedHashMap<>();
        object(Json.read(path.resolve(CONFIG))).forEach((key, value) -> config.put(key, String.valueOf(value)));
        return config;
    }

    /** Appends a line to resumptions.jsonl. */
    public void appendResumption(Resumption resumption) {
        Path file = path.resolve(RESUMPTIONS);
        try {
            Files.writeString(file, Json.line(resumption.json()) + "\n", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFiles.failure(file, e);
        }
    }

    /** Writes env.json. */
    public void writeEnvironment(Environment environment) {
        document(ENVIRONMENT, environment.json());
    }

    /** Writes certificate.txt: what the run showed of its convergence, one statement a line. */
    public void writeCertificate(List<String> lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        files.writeFile(path.resolve(CERTIFICATE), true, AtomicFiles.Content.of(text));
    }

    /** Writes summary.json. */
    public void writeSummary(Summary summary) {
        document(SUMMARY, summary.json());
    }

    /** Appends a line to metrics.jsonl. */
    public synchronized void appendMetrics(Metrics line) {
        append(METRICS, metrics, Json.line(line.json()));
    }

    /**
     * The lines of metrics.jsonl, with null for numbers that were not finite. A damaged last line, as a killed run may
     * leave it, is not among them; {@link #metricsNotice} tells of it.
     *
     * @throws AltminException if another line is damaged: which
     */
    public List<Map<String, Object>> readMetrics() {
        Path file = path.resolve(METRICS);
        JsonLines lines = JsonLines.read(file);
        if (lines.damagedWithin()) {
            throw new AltminException("Line " + lines.damaged().get(0) + " of '" + file + "' is damaged, and lines "
                    + "follow it, so that this is not what a killed run leaves; use another copy of the file, or "
                    + "remove the line to go on without its figures.");
        }
        return lines.objects();
    }

    /** A sentence that says so if the last line of metrics.jsonl is damaged. */
    public Optional<String> metricsNotice() {
        JsonLines lines = JsonLines.read(path.resolve(METRICS));
        return lines.cutShort()
                ? Optional.of("The last line of " + METRICS + ", line " + lines.count() + ", is damaged, as a killed "
                        + "run may leave it; it is dropped.")
                : Optional.empty();
    }

    /** Drops the lines of metrics.jsonl after this iteration: those that a resumed run will make again. */
    public synchronized void dropMetricsAfter(long iteration) {
        StringBuilder kept = new StringBuilder();
        for (Map<String, Object> line : readMetrics()) {
            if (line.get("iteration") instanceof Long number && number <= iteration) {
                kept.append(Json.line(line)).append('\n');
            }
        }
        Path file = path.resolve(METRICS);
        try {
            metrics.close();
            files.writeFile(file, true, AtomicFiles.Content.of(kept.toString().getBytes(StandardCharsets.UTF_8)));
            metrics = append(file);
        } catch (IOException e) {
            throw AtomicFiles.failure(file, e);
        }
    }

    /** Appends a line to train.log. */
    public synchronized void log(String line) {
        append(LOG, log, line);
    }

    /** Closes the folder and deletes it, for a run that was refused before its first iteration. */
    public void discard() {
        close();
        AtomicFiles.discard(path);
    }

    /** Closes the metrics and the log. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (FolderLock last = lock; Writer first = metrics; Writer second = log) {
            first.flush();
            second.flush();
        } catch (IOException e) {
            throw AtomicFiles.failure(path, e);
        }
    }

    private void document(String name, Map<String, ?> content) {
        files.writeFile(path.resolve(name), true, AtomicFiles.Content.of(Json.document(content)));
    }

    private void append(String name, Writer writer, String line) {
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw AtomicFiles.failure(path.resolve(name), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(JsonView view) {
        return (Map<String, Object>) view.plain();
    }

    private static BufferedWriter append(Path file) throws IOException {
        return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
