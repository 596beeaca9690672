package org.altmin.gpucheck;

import java.nio.file.Path;

/** The process of one part: its name, and the file for its rows. */
public final class PartMain {

    private PartMain() {
    }

    /** @param arguments the part's name and the file */
    public static void main(String[] arguments) {
        int code = 0;
        RowFile rows = new RowFile(Path.of(arguments[1]));
        try {
            Part.named(arguments[0]).work().run(rows);
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            e.printStackTrace();
            rows.accept(Row.failed(arguments[0], "no error", String.valueOf(e).lines().findFirst().orElse("")));
            code = 1;
        }
        // A library's thread must not keep the process.
        Runtime.getRuntime().halt(code);
    }
}
