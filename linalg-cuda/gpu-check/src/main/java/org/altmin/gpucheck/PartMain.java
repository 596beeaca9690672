package org.altmin.gpucheck;

import java.nio.file.Path;

/** The process of one part: its name, and the file for its rows. */
public final class PartMain {

    private PartMain() {
    }

    /** @param arguments the part's name and the file */
    public static void main(String[] arguments) {
        int code = 0;
        Part part = Part.named(arguments[0]);
        RowFile rows = new RowFile(Path.of(arguments[1]));
        try {
            part.work().run(rows);
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            e.printStackTrace();
            rows.accept(part.broken("no error", String.valueOf(e).lines().findFirst().orElse("")));
            code = 1;
        }
        // A library's thread must not keep the process.
        Runtime.getRuntime().halt(code);
    }
}
