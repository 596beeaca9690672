package org.altmin.gpucheck;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a part in a Java machine of its own, with the options of this one, for so long at most. */
final class PartProcess {

    private static final int KILLED_SECONDS = 5;
    private static final int LOG_LINES = 200;

    private final Path folder;
    private volatile boolean stopped;

    /** @param folder for what passes between the processes */
    PartProcess(Path folder) {
        this.folder = folder;
    }

    /** The part's rows; one that says so if it did not end well. */
    List<Row> run(Part part, long seconds) {
        if (seconds < 1 || stopped) {
            return List.of(Row.notMeasured(part.name(), "no time was left"));
        }
        RowFile file = new RowFile(rows(part));
        File log = log(part).toFile();
        try {
            Process process = new ProcessBuilder(command(part)).redirectErrorStream(true).redirectOutput(log).start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(KILLED_SECONDS, TimeUnit.SECONDS);
            }
            List<Row> rows = new ArrayList<>(file.read());
            if (!ended) {
                rows.add(part.broken("ends within " + seconds + " s", "was stopped then"));
            } else if (process.exitValue() > 1) {
                rows.add(part.broken("ends", "its process died (" + process.exitValue() + "): "
                        + lastLine(log.toPath())));
            }
            return rows;
        } catch (IOException e) {
            return List.of(part.broken("starts", String.valueOf(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(part.broken("ends", "was interrupted"));
        }
    }

    /** Ends the parts that run, and begins no other. */
    void stop() {
        stopped = true;
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private List<String> command(Part part) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>();
        Collections.addAll(command, java, "-Xmx3g", "-XX:+UseParallelGC", "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/stdout", "-cp", System.getProperty("java.class.path"));
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith(Options.PREFIX)).sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of(PartMain.class.getName(), part.name(), rows(part).toString()));
        return command;
    }

    /** The end of what the part printed. */
    String printed(Part part) throws IOException {
        if (!Files.exists(log(part))) {
            return "";
        }
        List<String> lines = lines(log(part));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private Path rows(Part part) {
        return folder.resolve(part.name() + ".rows");
    }

    private Path log(Part part) {
        return folder.resolve(part.name() + ".log");
    }

    private static String lastLine(Path log) throws IOException {
        return lines(log).stream().filter(line -> !line.isBlank()).reduce((first, last) -> last).orElse("no message");
    }

    private static List<String> lines(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1).lines().toList();
    }
}
