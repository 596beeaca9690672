package org.altmin.core.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.altmin.linalg.AltminException;

/** Another process that opens the folder of a run, on the Java of this one. */
final class ResumingProcess {

    private ResumingProcess() {
    }

    /** What it says, such as why the folder is refused. */
    static String resume(Path folder) throws IOException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                path, ResumingProcess.class.getName(), folder.toString()).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** @param arguments the folder */
    public static void main(String[] arguments) {
        try (RunFolder run = RunFolder.resume(Path.of(arguments[0]))) {
            System.out.println("resumed " + run.path());
        } catch (AltminException e) {
            System.out.println(e.getMessage());
        }
    }
}
