package org.altmin.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.Datasets;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.network.Initializer;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.Operators;
import org.altmin.core.settings.Setting;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.Solvers;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Backends;
import org.altmin.linalg.spi.Named;
import org.altmin.linalg.spi.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code altmin list}. */
@Command(name = "list", mixinStandardHelpOptions = true,
        description = "Shows what can be chosen by name; of a kind, with the settings of each.",
        footer = {"", "altmin list solvers           all solvers with their settings",
            "altmin list solvers adam      one of them",
            "altmin list settings          the settings of every run"})
final class ListCommand implements Callable<Integer> {

    private static final Set<Kind> NAMED =
            Set.of(Kind.SOLVERS, Kind.DATASETS, Kind.ACTIVATIONS, Kind.LOSSES, Kind.REGULARIZERS);

    private enum Kind {
        ALL, SOLVERS, DATASETS, ACTIVATIONS, LOSSES, REGULARIZERS, INITIALIZERS, BACKENDS, SETTINGS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Names kinds as they are typed. */
    private static final class KindConverter implements ITypeConverter<Kind> {

        @Override
        public Kind convert(String text) {
            return Arrays.stream(Kind.values()).filter(kind -> kind.toString().equalsIgnoreCase(text)).findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + names()));
        }

        private static String names() {
            return Arrays.stream(Kind.values()).map(Kind::toString).collect(Collectors.joining(", "));
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", defaultValue = "all", converter = KindConverter.class,
            description = "One of all, solvers, datasets, activations, losses, regularizers, initializers, backends, "
                + "settings; all by default.")
    private Kind kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME",
            description = "One of the solvers, datasets, activations, losses or regularizers; all if not given.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name != null && !NAMED.contains(kind)) {
            throw new AltminException("'" + kind + "' are not listed by name; leave '" + name + "' out.");
        }
        if (shows(Kind.SOLVERS)) {
            out.println("solvers");
            for (SolverFactory solver : chosen(Solvers.installed())) {
                print(out, solver, "", solver.settings());
                printSuggestions(out, solver);
            }
        }
        if (shows(Kind.DATASETS)) {
            out.println("datasets");
            for (DatasetReader dataset : chosen(Datasets.installed())) {
                print(out, dataset, "", dataset.settings());
            }
        }
        if (shows(Kind.ACTIVATIONS)) {
            out.println("activations");
            for (Activation activation : chosen(Operators.activations())) {
                List<String> traits = activation.traits().stream().sorted().map(ActivationTrait::label).toList();
                print(out, activation, note(traits), activation.settings());
            }
        }
        if (shows(Kind.LOSSES)) {
            out.println("losses");
            for (Loss loss : chosen(Operators.losses())) {
                print(out, loss, note(loss.traits().stream().sorted().map(LossTrait::label).toList()), loss.settings());
            }
        }
        if (shows(Kind.REGULARIZERS)) {
            out.println("regularizers");
            chosen(Operators.regularizers())
                    .forEach(regularizer -> print(out, regularizer, "", regularizer.settings()));
        }
        if (shows(Kind.INITIALIZERS)) {
            out.println("initializers");
            out.println("  " + String.join(", ", Initializer.names()));
        }
        if (shows(Kind.BACKENDS)) {
            out.println("backends");
            Backends.installed().forEach(backend -> print(out, backend, "", List.of()));
        }
        if (shows(Kind.SETTINGS)) {
            out.println("settings of every run; unless given, what the solver suggests replaces the default");
            for (Setting setting : ExperimentSettings.generalSettings()) {
                printSettings(out, List.of(setting), "  ");
                printSuggestions(out, setting);
            }
        }
        if (kind == Kind.ALL) {
            out.println("for the settings of one: " + Hint.command("list solvers adam"));
        }
        return 0;
    }

    private <T extends Named> Collection<T> chosen(Registry<T> registry) {
        return name == null ? registry.all() : List.of(registry.get(name));
    }

    private static String note(List<String> traits) {
        return traits.isEmpty() ? "" : " [" + String.join(", ", traits) + "]";
    }

    private boolean shows(Kind which) {
        return kind == Kind.ALL || kind == which;
    }

    private void print(PrintWriter out, Named named, String note, List<Setting> settings) {
        out.println(String.format(Locale.ROOT, "  %-18s %s%s", named.name(), named.description(), note));
        if (kind != Kind.ALL) {
            printSettings(out, settings, "      ");
        }
    }

    private void printSuggestions(PrintWriter out, SolverFactory solver) {
        if (kind != Kind.ALL && !solver.suggestions().isEmpty()) {
            List<String> suggested = new TreeMap<>(solver.suggestions()).entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
            out.println("      suggests " + String.join(" ", suggested));
        }
    }

    /** The values that solvers suggest for a general setting, each with its solvers. */
    private static void printSuggestions(PrintWriter out, Setting setting) {
        Map<String, List<String>> solvers = new TreeMap<>();
        for (SolverFactory solver : Solvers.installed().all()) {
            String value = solver.suggestions().get(setting.name());
            if (value != null) {
                solvers.computeIfAbsent(value, suggested -> new ArrayList<>()).add(solver.name());
            }
        }
        if (!solvers.isEmpty()) {
            List<String> suggested = new ArrayList<>();
            solvers.forEach((value, names) -> suggested.add(value + " by " + String.join(", ", names)));
            out.println(String.format(Locale.ROOT, "  %-30s suggested: %s", "", String.join("; ", suggested)));
        }
    }

    private static void printSettings(PrintWriter out, List<Setting> settings, String indent) {
        for (Setting setting : settings) {
            String value = setting.defaultValue().isEmpty() ? "" : "=" + setting.defaultValue();
            out.println(String.format(Locale.ROOT, "%s%-30s %s", indent, setting.name() + value,
                    setting.description()));
        }
    }
}
