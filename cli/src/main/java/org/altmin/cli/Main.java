package org.altmin.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.altmin.core.run.AltminVersion;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.spi.NearMiss;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code altmin}. */
@Command(name = "altmin", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Trains neural networks without back-propagation.",
        subcommands = {TrainCommand.class, ResumeCommand.class, EvaluateCommand.class, PredictCommand.class,
            ExportCommand.class, ReportCommand.class, CompareCommand.class, ReproduceCommand.class, ListCommand.class,
            DoctorCommand.class, CommandLine.HelpCommand.class},
        footer = {"", "altmin train                 trains on the built-in glyphs, no file needed",
            "altmin list                  what can be chosen by name",
            "altmin doctor                which backends work here"})
public final class Main implements Runnable {

    private static final int USER_ERROR = 2;
    private static final int INTERNAL_ERROR = 70;
    private static final int OUTPUT_ERROR = 74;
    /** What Java makes of bytes of an argument or of the working folder that are no text in the locale's encoding. */
    private static final String UNDECODABLE = "\uFFFD";

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Shows the stack trace of an error.")
    private boolean debug;

    private CommandLine line;

    private Main() {
    }

    public static void main(String[] arguments) {
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(new FileOutputStream(FileDescriptor.out), err, arguments));
    }

    /** Runs a command line and says so if not all of its output could be written. */
    static int run(OutputStream target, PrintWriter err, String... arguments) {
        WatchedOutput watched = new WatchedOutput(target);
        PrintWriter out = new PrintWriter(watched, true, StandardCharsets.UTF_8);
        int exitCode = run(out, err, arguments);
        out.flush();
        if (exitCode == 0 && watched.lost().isPresent()) {
            err.println("altmin: The output could not be written completely (" + watched.lost().get() + ").");
            return OUTPUT_ERROR;
        }
        return exitCode;
    }

    /** Runs a command line; returns the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Main main = new Main();
        main.line = new CommandLine(main);
        main.line.setOut(out);
        main.line.setErr(err);
        main.line.registerConverter(Path.class, Path::of);
        main.line.setCaseInsensitiveEnumValuesAllowed(true);
        main.line.setExecutionExceptionHandler((exception, command, parsed) -> main.report(exception));
        main.line.setParameterExceptionHandler((exception, wrong) -> {
            if (unexpressible(exception) != null) {
                return main.report(unexpressible(exception));
            }
            err.println("altmin: " + message(exception));
            err.println("Try '" + Hint.command(("altmin".equals(exception.getCommandLine().getCommandName()) ? ""
                    : exception.getCommandLine().getCommandName() + " ") + "--help") + "'.");
            return USER_ERROR;
        });
        Optional<String> undecodable = Stream.concat(Stream.of(System.getProperty("user.dir")), Stream.of(arguments))
                .filter(name -> name.contains(UNDECODABLE)).findFirst();
        if (undecodable.isPresent()) {
            return main.report(new AltminException("'" + undecodable.get() + "' holds bytes that are no text in the "
                    + "encoding of the locale, " + System.getProperty("sun.jnu.encoding") + "; rename the file or "
                    + "folder, or set the locale of its name."));
        }
        try {
            return main.line.execute(arguments);
        } catch (OutOfMemoryError e) {
            return main.report(e);
        }
    }

    @Override
    public void run() {
        line.usage(line.getOut());
    }

    private static String message(ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched)) {
            return exception.getMessage();
        }
        CommandSpec command = exception.getCommandLine().getCommandSpec();
        String first = unmatched.getUnmatched().get(0);
        if (unmatched.isUnknownOption()) {
            boolean takesSettings = command.positionalParameters().stream()
                    .anyMatch(parameter -> parameter.paramLabel().contains(ConfigArguments.LABEL));
            return "There is no option '" + first + "'" + NearMiss.hint(first, command.optionsMap().keySet())
                    + (takesSettings ? "; settings are written key=value, without hyphens before them." : ".");
        }
        Set<String> commands = command.subcommands().keySet();
        return command.parent() != null ? "'" + first + "' is one argument too many."
                : "There is no command '" + first + "'" + NearMiss.hint(first, commands) + "; there are "
                        + String.join(", ", commands) + ".";
    }

    private static InvalidPathException unexpressible(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidPathException invalid) {
                return invalid;
            }
        }
        return null;
    }

    private int report(Throwable problem) {
        PrintWriter err = line.getErr();
        if (debug) {
            problem.printStackTrace(err);
        }
        if (problem instanceof AltminException) {
            err.println("altmin: " + problem.getMessage());
            return USER_ERROR;
        } else if (unexpressible(problem) != null) {
            err.println("altmin: '" + unexpressible(problem).getInput() + "' cannot be the name of a file here; if it "
                    + "has letters beyond ASCII, set a locale for them, such as LC_ALL=C.UTF-8.");
            return USER_ERROR;
        } else if (problem instanceof OutOfMemoryError) {
            err.println("altmin: The Java heap of " + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MiB is too small; set ALTMIN_OPTS=-Xmx... to a larger one, or use fewer samples.");
            return USER_ERROR;
        }
        err.println("altmin: Internal error, please report it: " + problem
                + (debug ? "" : " (run again with --debug for the stack trace)"));
        return INTERNAL_ERROR;
    }

    /** The version and what it runs on. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"altmin " + AltminVersion.current(), "Java " + Runtime.version()};
        }
    }
}
