package org.altmin.cli;

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says in a sentence what is wrong with altmin's own jars or with those of third parties. The launcher asks before it
 * starts altmin, as a Java machine that cannot build its module graph ends with the trace of an exception. Runs from
 * the class path, with nothing but the JDK. That a jar which only provides services is not there the launcher sees, who
 * knows which there were when altmin was built.
 */
final class ModulePathCheck {

    private static final String ROOT = "org.altmin.cli";
    private static final String REBUILD = "build it again with 'mvn -B -DskipTests clean package' in altmin's folder.";

    private final List<Path> own;
    private final List<Path> jars;

    private ModulePathCheck(List<Path> own, List<Path> jars) {
        this.own = own;
        this.jars = jars;
    }

    /** @param arguments altmin's own module path, and the one of third parties, which may be empty */
    public static void main(String[] arguments) {
        Optional<String> problem = problem(arguments[0], arguments[1]);
        problem.ifPresent(sentence -> {
            System.err.println("altmin: " + sentence);
            System.exit(2);
        });
    }

    static Optional<String> problem(String own, String jars) {
        return new ModulePathCheck(entries(own), entries(jars)).problem();
    }

    private static List<Path> entries(String path) {
        return Arrays.stream(path.split(File.pathSeparator)).filter(entry -> !entry.isEmpty()).map(Path::of).toList();
    }

    private Optional<String> problem() {
        Optional<String> damage = damage();
        if (damage.isPresent()) {
            return damage;
        }
        ModuleFinder altmins = ModuleFinder.of(own.toArray(Path[]::new));
        Map<String, Path> homes = new LinkedHashMap<>();
        for (Path jar : jars) {
            if (!Files.exists(jar)) {
                return Optional.of("ALTMIN_PATH names '" + jar + "', which does not exist.");
            }
            Set<ModuleReference> modules;
            try {
                modules = ModuleFinder.of(jar).findAll();
            } catch (FindException e) {
                return Optional.of(unreadable(jar, e));
            }
            for (ModuleReference module : modules) {
                String name = module.descriptor().name();
                Path other = homes.putIfAbsent(name, jar);
                if (other != null && !isSame(other, jar)) {
                    return Optional.of("ALTMIN_PATH has the module " + name + " twice, in '" + other + "' and '" + jar
                            + "'; leave one of them out.");
                }
                Optional<Path> shadow = altmins.find(name).flatMap(ModuleReference::location).map(Path::of);
                if (shadow.isPresent() && !isSame(shadow.get(), jar)) {
                    return Optional.of("'" + jar + "' on ALTMIN_PATH has the module " + name + ", but altmin takes its "
                            + "own of that name, '" + shadow.get() + "'; leave the jar out.");
                }
            }
        }
        return unresolvable(homes);
    }

    /** What is wrong with altmin's own jars, whatever there is on ALTMIN_PATH. */
    private Optional<String> damage() {
        for (Path file : own.stream().flatMap(ModulePathCheck::files).toList()) {
            try {
                ModuleFinder.of(file).findAll();
            } catch (FindException e) {
                return Optional.of(!Files.isReadable(file)
                        ? "'" + file + "', a part of altmin, cannot be read; check its permissions."
                        : "'" + file + "', a part of altmin, is damaged (" + root(e).getMessage() + "); " + REBUILD);
            }
        }
        ModuleFinder altmins = ModuleFinder.compose(ModuleFinder.ofSystem(),
                ModuleFinder.of(own.toArray(Path[]::new)));
        try {
            Configuration.empty().resolveAndBind(altmins, ModuleFinder.of(), Set.of(ROOT));
            return Optional.empty();
        } catch (FindException | ResolutionException e) {
            return Optional.of("altmin is not complete (" + e.getMessage() + "); " + REBUILD);
        }
    }

    /** The jars of a folder, or the one that is named. */
    private static Stream<Path> files(Path entry) {
        if (!Files.isDirectory(entry)) {
            return Stream.of(entry);
        }
        try (Stream<Path> files = Files.list(entry)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
        } catch (IOException e) {
            return Stream.of(entry);
        }
    }

    private static Throwable root(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String unreadable(Path jar, FindException problem) {
        if (!Files.isReadable(jar)) {
            return "'" + jar + "' on ALTMIN_PATH cannot be read; check its permissions.";
        }
        Throwable cause = root(problem);
        String subject = "'" + jar + "' on ALTMIN_PATH is ";
        if (!jar.toString().endsWith(".jar")) {
            return subject + "no jar; name jars, or folders that hold them.";
        }
        return cause instanceof IOException
                ? subject + "no jar, or a damaged one (" + cause.getMessage() + "); copy or build it anew."
                : subject + "no module for Java " + Runtime.version().feature() + " (" + cause.getMessage()
                        + "); build it for that release, or leave it out.";
    }

    /** Whether two jars are one file, or a copy: then it does not matter which is taken. */
    private static boolean isSame(Path first, Path second) {
        try {
            return Files.isSameFile(first, second) || Files.mismatch(first, second) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What keeps the modules from being resolved, or from being defined to one class loader. */
    private Optional<String> unresolvable(Map<String, Path> homes) {
        ModuleFinder others = ModuleFinder.of(jars.toArray(Path[]::new));
        ModuleFinder all = ModuleFinder.compose(ModuleFinder.ofSystem(), ModuleFinder.of(own.toArray(Path[]::new)),
                others);
        try {
            return splitPackage(Configuration.empty().resolveAndBind(all, ModuleFinder.of(), Set.of(ROOT)));
        } catch (FindException e) {
            return Optional.of(missing(all, others, homes).orElse(misfit(e.getMessage())));
        } catch (ResolutionException e) {
            return Optional.of(misfit(e.getMessage()));
        }
    }

    private static Optional<String> missing(ModuleFinder all, ModuleFinder others, Map<String, Path> homes) {
        return others.findAll().stream().map(ModuleReference::descriptor)
                .flatMap(module -> module.requires().stream()
                        .filter(needed -> !needed.modifiers().contains(Requires.Modifier.STATIC))
                        .filter(needed -> all.find(needed.name()).isEmpty())
                        .map(needed -> "'" + homes.get(module.name()) + "' on ALTMIN_PATH needs the module "
                                + needed.name() + ", which is not there; add its jar to ALTMIN_PATH."))
                .sorted().findFirst();
    }

    private static Optional<String> splitPackage(Configuration configuration) {
        Map<String, String> homes = new HashMap<>();
        for (ResolvedModule module : configuration.modules()) {
            for (String name : module.reference().descriptor().packages()) {
                String other = homes.putIfAbsent(name, module.name());
                if (other != null) {
                    return Optional.of(misfit("Package " + name + " in both module " + other + " and module "
                            + module.name()));
                }
            }
        }
        return Optional.empty();
    }

    private static String misfit(String reason) {
        return "The jars on ALTMIN_PATH do not fit together or do not fit altmin's (" + reason + "); leave one out.";
    }
}
