package org.altmin.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one command line printed and how it ended. */
record CommandLineRun(int exitCode, String out, String err) {

    static CommandLineRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    /** Trains with the usual settings, save those given. */
    static CommandLineRun train(List<String> usual, String... settings) {
        Set<String> given = Arrays.stream(settings).map(CommandLineRun::key).collect(Collectors.toSet());
        Stream<String> words = usual.stream().filter(setting -> !given.contains(key(setting)));
        return of(Stream.of(Stream.of("train"), words, Arrays.stream(settings)).flatMap(each -> each)
                .toArray(String[]::new));
    }

    private static String key(String setting) {
        return setting.split("=", 2)[0];
    }

    /** The last line printed. */
    String lastLine() {
        List<String> lines = out.strip().lines().toList();
        return lines.get(lines.size() - 1);
    }
}
