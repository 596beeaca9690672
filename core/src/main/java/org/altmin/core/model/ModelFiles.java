package org.altmin.core.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.internal.Json;
import org.altmin.core.internal.JsonView;
import org.altmin.core.network.Network;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.spi.Registry;

/**
 * Models as folders of two files: {@code model.json} (architecture, preprocessing, outputs, loss, provenance, checksum
 * of the weights) and {@code weights.safetensors}. The same model gives the same bytes.
 */
public final class ModelFiles {

    public static final String DESCRIPTION = "model.json";
    public static final String WEIGHTS = "weights.safetensors";

    private static final int BUFFER = 1 << 16;

    private ModelFiles() {
    }

    /**
     * Writes the model into a new folder. It appears there as a whole or not at all; an existing model is replaced only
     * if asked for, at the very end.
     *
     * @throws AltminException if the folder exists and {@code replace} is not set, or it cannot be written
     */
    public static void write(Path folder, Model model, boolean replace) {
        write(folder, model, replace, new AtomicFiles());
    }

    static void write(Path folder, Model model, boolean replace, AtomicFiles files) {
        if (Files.exists(folder) && replace && !Files.exists(folder.resolve(DESCRIPTION))) {
            throw new AltminException("'" + folder + "' exists already and is not a model, so it is not replaced; name "
                    + "another folder.");
        }
        Map<String, String> metadata = Map.of("format", ModelJson.FORMAT);
        MessageDigest digest = sha256();
        try (OutputStream checksum = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            SafetensorsWriter.write(checksum, model.tensors(), metadata);
        } catch (IOException e) {
            throw AtomicFiles.failure(folder, e);
        }
        Map<String, Object> weights = new LinkedHashMap<>();
        weights.put("file", WEIGHTS);
        weights.put("sha256", HexFormat.of().formatHex(digest.digest()));
        Map<String, AtomicFiles.Content> contents = new LinkedHashMap<>();
        contents.put(DESCRIPTION, AtomicFiles.Content.of(Json.document(ModelJson.write(model, weights))));
        contents.put(WEIGHTS, out -> SafetensorsWriter.write(out, model.tensors(), metadata));
        files.writeFolder(folder, replace, contents);
    }

    /**
     * Reads a model whose activations are installed.
     *
     * @param path the model's folder, its {@code model.json}, or a run's folder
     * @throws AltminException if a file is missing, damaged or of another version, if the weights do not fit the
     *     architecture, or if an activation is not installed: which, and what was found and expected
     */
    public static Model read(Path path) {
        return read(path, Operators.activations());
    }

    static Model read(Path path, Registry<Activation> activations) {
        Path folder = folderOf(path);
        Path description = folder.resolve(DESCRIPTION);
        JsonView json = Json.read(description);
        ModelJson.requireVersion(json, description);
        Network network = ModelJson.readNetwork(json, description, (name, settings) ->
                activation(description, activations, name, settings));
        Path weights = folder.resolve(WEIGHTS);
        TensorType type = TensorType.of(ModelJson.readPrecision(json));
        List<Tensor> tensors = new ArrayList<>();
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            requireOnly(file, WeightTensors.infos(network, type));
            for (TensorInfo info : WeightTensors.infos(network, type)) {
                file.info(info.name()).requireShape(weights, info.shape());
                file.info(info.name()).requireType(weights, type);
                tensors.add(file.read(info.name()));
            }
        }
        requireChecksum(weights, json.object("weights").text("sha256"));
        return ModelJson.readModel(json, description, network, tensors);
    }

    /**
     * Overwrites weights with those of a safetensors file, a model's or another tool's, rounded to the precision of the
     * weights' backend. Biases are not asked for if the network has none.
     *
     * @throws AltminException if the file is damaged, a tensor is missing, or a shape does not fit the network
     */
    public static void readWeights(Path file, Weights weights) {
        List<Tensor> tensors = new ArrayList<>();
        try (SafetensorsFile source = SafetensorsFile.open(file)) {
            for (TensorInfo info : WeightTensors.infos(weights.network(), TensorType.F64)) {
                source.info(info.name()).requireShape(file, info.shape());
                tensors.add(source.read(info.name()));
            }
        }
        WeightTensors.upload(tensors, weights);
    }

    private static Path folderOf(Path path) {
        if (!Files.exists(path)) {
            throw new AltminException("There is no model '" + path + "'.");
        }
        if (Files.isDirectory(path)) {
            Path inRun = path.resolve("model");
            boolean run = !Files.exists(path.resolve(DESCRIPTION)) && Files.exists(inRun.resolve(DESCRIPTION));
            return run ? inRun : path;
        }
        if (!path.endsWith(DESCRIPTION)) {
            throw new AltminException("'" + path + "' is not a model; name its folder, or the " + DESCRIPTION
                    + " in it.");
        }
        return path.resolveSibling("");
    }

    private static Activation activation(Path file, Registry<Activation> activations, String name,
            Map<String, String> settings) {
        Activation installed;
        try {
            installed = activations.get(name);
        } catch (AltminException e) {
            throw new AltminException("The model '" + file + "' needs the activation '" + name + "': " + e.getMessage(),
                    e);
        }
        return ModelJson.valid(file, () -> installed.with(settings));
    }

    private static void requireOnly(SafetensorsFile file, List<TensorInfo> expected) {
        Set<String> surplus = new TreeSet<>(file.names());
        expected.forEach(info -> surplus.remove(info.name()));
        if (!surplus.isEmpty()) {
            throw new AltminException("'" + file.path() + "' holds the tensor '" + surplus.iterator().next()
                    + "', which the network of its " + DESCRIPTION + " does not have.");
        }
    }

    private static void requireChecksum(Path weights, String expected) {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(weights)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw AtomicFiles.unreadable(weights, e);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(expected)) {
            throw new AltminException("'" + weights + "' is damaged or was changed: its SHA-256 is " + found + ", but "
                    + DESCRIPTION + " says " + expected + "; use another copy of the model.");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
