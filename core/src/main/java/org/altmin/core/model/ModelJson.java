package org.altmin.core.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.internal.JsonView;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.operator.Activation;
import org.altmin.core.settings.Specification;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Precision;

/** The content of model.json. */
final class ModelJson {

    static final String FORMAT = "altmin-model";
    static final int VERSION = 1;

    private ModelJson() {
    }

    static Map<String, Object> write(Model model, Map<String, Object> weights) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        json.put("network", network(model.network()));
        json.put("loss", operator(Specification.parse(model.loss())));
        json.put("outputs", outputs(model.outputs()));
        if (!model.features().isEmpty()) {
            json.put("features", model.features());
        }
        json.put("preprocessing", preprocessing(model.preprocessing()));
        json.put("precision", model.precision().name().toLowerCase(Locale.ROOT));
        json.put("weights", weights);
        json.put("provenance", provenance(model.provenance()));
        return json;
    }

    /** @throws AltminException if the file is not a model, or of another version */
    static void requireVersion(JsonView json, Path file) {
        if (!json.has("format") || !json.text("format").equals(FORMAT)) {
            throw new AltminException("'" + file + "' is not a model: it has no \"format\": \"" + FORMAT + "\".");
        }
        int version = json.integer("version");
        if (version != VERSION) {
            throw new AltminException("'" + file + "' is a model of version " + version
                    + ", but this altmin reads version " + VERSION + "; use the altmin that wrote it"
                    + (version > VERSION ? ", or a later one" : "") + ".");
        }
    }

    /** @param activations from name and settings to an installed activation */
    static Network readNetwork(JsonView json, Path file,
            BiFunction<String, Map<String, String>, Activation> activations) {
        JsonView view = json.object("network");
        List<Layer> hidden = new ArrayList<>();
        for (JsonView layer : view.list("hidden")) {
            JsonView activation = layer.object("activation");
            Map<String, String> settings = activation.object("settings").texts();
            Activation installed = activations.apply(activation.text("name"), settings);
            hidden.add(valid(file, () -> new Layer(layer.integer("width"), installed, layer.flag("skip"))));
        }
        return valid(file, () ->
                new Network(view.integer("inputs"), hidden, view.integer("outputs"), view.flag("bias")));
    }

    static Model readModel(JsonView json, Path file, Network network, List<Tensor> tensors) {
        return valid(file, () -> new Model(network, readFeatures(json), readPreprocessing(json), readOutputs(json),
                readLoss(json), readPrecision(json), readProvenance(json), tensors));
    }

    /** Names the file in what is wrong with its values. */
    static <T> T valid(Path file, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (AltminException e) {
            throw e.getMessage().contains(file.toString()) ? e
                    : new AltminException("'" + file + "' is no valid model: " + e.getMessage(), e);
        }
    }

    private static Outputs readOutputs(JsonView json) {
        JsonView view = json.object("outputs");
        return switch (view.text("kind")) {
            case "classes" -> new Outputs.Classes(view.list("names").stream().map(JsonView::asText).toList());
            case "values" -> new Outputs.Values(view.integer("count"));
            default -> throw view.invalid("of the kind classes or values");
        };
    }

    private static List<String> readFeatures(JsonView json) {
        return json.has("features") ? json.list("features").stream().map(JsonView::asText).toList() : List.of();
    }

    private static Preprocessing readPreprocessing(JsonView json) {
        JsonView view = json.object("preprocessing");
        return new Preprocessing(view.numbers("mean"), view.numbers("deviation"));
    }

    private static String readLoss(JsonView json) {
        JsonView view = json.object("loss");
        return new Specification(view.text("name"), view.object("settings").texts()).toString();
    }

    static Precision readPrecision(JsonView json) {
        for (Precision precision : Precision.values()) {
            if (precision.name().toLowerCase(Locale.ROOT).equals(json.text("precision"))) {
                return precision;
            }
        }
        throw json.invalid("a model in the precision float32 or float64");
    }

    private static Provenance readProvenance(JsonView json) {
        JsonView view = json.object("provenance");
        JsonView dataset = view.object("dataset");
        JsonView solver = view.object("solver");
        return new Provenance(view.text("altmin"), dataset.text("name"), dataset.text("origin"), solver.text("name"),
                solver.object("settings").texts(), view.longInteger("seed"));
    }

    private static Map<String, Object> network(Network network) {
        List<Object> hidden = new ArrayList<>();
        for (Layer layer : network.hidden()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("width", layer.width());
            json.put("activation", operator(new Specification(layer.activation().name(), layer.activation().values())));
            json.put("skip", layer.skip());
            hidden.add(json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("inputs", network.inputs());
        json.put("hidden", hidden);
        json.put("outputs", network.outputs());
        json.put("bias", network.bias());
        return json;
    }

    private static Map<String, Object> operator(Specification specification) {
        return named(specification.name(), specification.settings());
    }

    private static Map<String, Object> outputs(Outputs outputs) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (outputs instanceof Outputs.Classes classes) {
            json.put("kind", "classes");
            json.put("names", classes.names());
        } else {
            json.put("kind", "values");
            json.put("count", outputs.count());
        }
        return json;
    }

    private static Map<String, Object> preprocessing(Preprocessing preprocessing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mean", preprocessing.mean());
        json.put("deviation", preprocessing.deviation());
        return json;
    }

    private static Map<String, Object> provenance(Provenance provenance) {
        Map<String, Object> dataset = new LinkedHashMap<>();
        dataset.put("name", provenance.dataset());
        dataset.put("origin", provenance.origin());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("altmin", provenance.altminVersion());
        json.put("dataset", dataset);
        json.put("solver", named(provenance.solver(), provenance.settings()));
        json.put("seed", provenance.seed());
        return json;
    }

    private static Map<String, Object> named(String name, Map<String, String> settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("settings", new TreeMap<>(settings));
        return json;
    }
}
