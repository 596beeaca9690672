package org.altmin.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.internal.Json;
import org.altmin.core.internal.JsonView;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.AltminException;

/**
 * A solver's state in a folder: {@code checkpoint.json} with whose state it is, its numbers, and the name and CRC-32C
 * of {@code state-N.safetensors}, which has the matrices. A matrix x of r × c elements is stored as the tensor "x.T" of
 * shape [c, r], which is its order in memory, so that nothing is transposed on the way.
 *
 * <p>Saving first writes a new state file and then replaces checkpoint.json in one move; until then the folder holds
 * the checkpoint before, whole. Restoring gives every matrix and number back bit for bit, in the backend's precision.
 */
public final class Checkpoint {

    private static final String FORMAT = "altmin-checkpoint";
    private static final int VERSION = 1;
    private static final String DESCRIPTION = "checkpoint.json";
    /** A run that goes on may be planned to be longer, or shorter, than before. */
    private static final String PLANNED = "setting " + SolverFactory.EPOCHS;
    private static final Pattern STATE = Pattern.compile("state-(\\d{1,18})\\.safetensors");

    private Checkpoint() {
    }

    /**
     * What must be the same for a state to be restored: solver, settings, architecture, operators, data, precision. The
     * data are told by their elements as the solver sees them, preprocessed and encoded, not by where they lie. How
     * many epochs are planned is told too, but may change.
     *
     * @param dataset its name
     */
    public static Map<String, String> identity(String solver, Map<String, String> settings, String dataset,
            Problem problem) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("solver", solver);
        new TreeMap<>(settings).forEach((name, value) -> identity.put("setting " + name, value));
        identity.put("network", describe(problem.network()));
        identity.put("loss", problem.loss().specification());
        identity.put("weight penalty", problem.weightPenalty().specification());
        identity.put("state penalty", problem.statePenalty().specification());
        identity.put("dataset", dataset);
        identity.put("samples", String.valueOf(problem.samples()));
        identity.put("checksum of the data", MatrixChecksum.of(problem.inputs(), problem.targets()));
        identity.put("precision", problem.la().precision().name());
        identity.put("seed", String.valueOf(problem.seed()));
        return identity;
    }

    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(DESCRIPTION));
    }

    /**
     * Saves what the content names, in place of the checkpoint that the folder may hold.
     *
     * @param identity whose state it is; see {@link #identity}
     * @param content names the state, such as a {@link org.altmin.core.solver.SolverState#archive}; it is called twice,
     *     first for names and sizes, then for the elements
     * @throws AltminException if it cannot be written; the checkpoint before is still there then
     */
    public static void save(Path folder, Map<String, String> identity, Consumer<StateArchive> content) {
        save(folder, identity, content, new AtomicFiles());
    }

    static void save(Path folder, Map<String, String> identity, Consumer<StateArchive> content, AtomicFiles files) {
        StateContents contents = new StateContents();
        content.accept(contents);
        String state = "state-" + (latestState(folder) + 1) + ".safetensors";
        CRC32C checksum = new CRC32C();
        files.writeFile(folder.resolve(state), false, out ->
                StateWriter.write(new CheckedOutputStream(out, checksum), contents, content));
        Map<String, Object> stored = new LinkedHashMap<>();
        stored.put("file", state);
        stored.put("crc32c", checksum.getValue());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        json.put("identity", identity);
        json.put("integers", contents.integers());
        json.put("numbers", contents.encodedNumbers());
        json.put("state", stored);
        files.writeFile(folder.resolve(DESCRIPTION), true, AtomicFiles.Content.of(Json.document(json)));
        discardOthers(folder, state);
    }

    /**
     * Overwrites what the content names with what was saved. After a failure the state may be overwritten in part and
     * is of no further use.
     *
     * @param identity whose state it is now; must be the saved one
     * @throws AltminException if there is no checkpoint, it is damaged, it is another solver's or problem's (what
     *     differs), or it does not hold just what the content names
     */
    public static void restore(Path folder, Map<String, String> identity, Consumer<StateArchive> content) {
        Path description = folder.resolve(DESCRIPTION);
        if (!Files.exists(description)) {
            throw new AltminException("There is no checkpoint in '" + folder + "'.");
        }
        JsonView json = Json.read(description);
        requireVersion(description, json);
        requireIdentity(folder, json.object("identity").texts(), identity);
        JsonView stored = json.object("state");
        Path state = folder.resolve(stored.text("file"));
        if (!Files.exists(state)) {
            throw new AltminException("The checkpoint '" + folder + "' is not whole: its " + state.getFileName()
                    + " is missing; use another copy of it, or train anew.");
        }
        try (StateReader reader = new StateReader(state, json)) {
            reader.requireChecksum(stored.longInteger("crc32c"));
            content.accept(reader);
            reader.requireAllRead();
        }
    }

    private static void requireVersion(Path file, JsonView json) {
        if (!json.has("format") || !json.text("format").equals(FORMAT)) {
            throw new AltminException("'" + file + "' is not a checkpoint: it has no \"format\": \"" + FORMAT + "\".");
        }
        int version = json.integer("version");
        if (version != VERSION) {
            throw new AltminException("'" + file + "' is a checkpoint of version " + version
                    + ", but this altmin reads version " + VERSION + "; use the altmin that wrote it.");
        }
    }

    private static void requireIdentity(Path folder, Map<String, String> saved, Map<String, String> now) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(saved.keySet());
        keys.addAll(now.keySet());
        keys.remove(PLANNED);
        for (String key : keys) {
            String before = saved.getOrDefault(key, "none");
            String after = now.getOrDefault(key, "none");
            if (!before.equals(after)) {
                differences.add(key + " is " + before + " there and " + after + " here");
            }
        }
        if (!differences.isEmpty()) {
            throw new AltminException("The checkpoint '" + folder + "' is of another run: "
                    + String.join("; ", differences) + ". Resume with the same configuration.");
        }
    }

    private static String describe(Network network) {
        String hidden = network.hidden().stream().map(Checkpoint::describe).collect(Collectors.joining(", "));
        return network.shape() + (hidden.isEmpty() ? "" : " (" + hidden + ")")
                + (network.bias() ? "" : " without biases");
    }

    private static String describe(Layer layer) {
        return layer.activation().specification() + (layer.skip() ? " with skip" : "");
    }

    private static long latestState(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> STATE.matcher(entry.getFileName().toString())).filter(Matcher::matches)
                    .mapToLong(matcher -> Long.parseLong(matcher.group(1))).max().orElse(0);
        } catch (IOException e) {
            throw AtomicFiles.unreadable(folder, e);
        }
    }

    private static void discardOthers(Path folder, String state) {
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(entry -> STATE.matcher(entry.getFileName().toString()).matches())
                    .filter(entry -> !entry.endsWith(state)).forEach(AtomicFiles::discard);
        } catch (IOException e) {
            throw AtomicFiles.unreadable(folder, e);
        }
    }
}
