package org.altmin.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What one command line printed and how it ended. */
record CommandLineRun(int exitCode, String out, String err) {

    static CommandLineRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    /** The last line printed. */
    String lastLine() {
        List<String> lines = out.strip().lines().toList();
        return lines.get(lines.size() - 1);
    }
}
