package org.altmin.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.internal.Json;
import org.altmin.linalg.AltminException;

/** Turns a configuration file and key=value arguments into one map; arguments win over the file. */
final class ConfigArguments {

    /** How the usage of a command names the arguments that are read here. */
    static final String LABEL = "KEY=VALUE";

    /** As Jackson names a key that an object has twice. */
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field ('.*')");
    private static final List<String> OWNERS = List.of("solver.", "dataset.");

    private ConfigArguments() {
    }

    /**
     * @param file YAML or JSON, or null
     * @throws AltminException if the file or the arguments give a setting twice, or are not in their form
     */
    static Map<String, String> read(Path file, List<String> arguments) {
        Map<String, String> result = new LinkedHashMap<>();
        if (file != null) {
            readFile(file, result);
        }
        result.putAll(parse(arguments));
        return result;
    }

    private static Map<String, String> parse(List<String> arguments) {
        Map<String, String> result = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new AltminException("'" + argument + "' is not of the form key=value; write no blanks "
                        + "around the '='.");
            }
            String key = argument.substring(0, equals);
            for (String name : namesOf(key)) {
                if (result.containsKey(name)) {
                    throw new AltminException("The setting '" + key + "' is given twice, as " + name + "="
                            + result.get(name) + " and " + argument + "; leave one out.");
                }
            }
            result.put(key, argument.substring(equals + 1));
        }
        return result;
    }

    /** The key, and the others by which the same setting may be given: with or without its owner. */
    private static List<String> namesOf(String key) {
        Optional<String> owner = OWNERS.stream().filter(key::startsWith).findFirst();
        String plain = key.substring(owner.map(String::length).orElse(0));
        if (ExperimentSettings.generalSettings().stream().anyMatch(setting -> setting.name().equals(plain))) {
            return List.of(key);
        }
        return owner.isPresent() ? List.of(key, plain) : List.of(key, OWNERS.get(0) + key, OWNERS.get(1) + key);
    }

    private static void readFile(Path file, Map<String, String> into) {
        if (!Files.isRegularFile(file)) {
            throw new AltminException("There is no configuration file '" + file + "'.");
        }
        boolean json = file.toString().endsWith(".json");
        ObjectMapper mapper = json ? new ObjectMapper() : new ObjectMapper(new YAMLFactory());
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try {
            JsonNode root = mapper.readTree(Files.readString(file));
            if (root == null || !root.isObject()) {
                throw new AltminException("The configuration '" + file + "' must be a map of keys to values.");
            }
            flatten(file, "", root, into);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            Matcher duplicate = DUPLICATE.matcher(Json.reason(e));
            if (duplicate.find()) {
                throw twice(file, duplicate.group(1), place);
            }
            throw new AltminException("The configuration '" + file + "' is not valid " + (json ? "JSON" : "YAML")
                    + place + ": " + Json.reason(e) + ".", e);
        } catch (CharacterCodingException e) {
            throw new AltminException("The configuration '" + file + "' is not text in UTF-8; save it in that "
                    + "encoding.", e);
        } catch (IOException e) {
            throw new AltminException("The configuration '" + file + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static void flatten(Path file, String prefix, JsonNode node, Map<String, String> into) {
        node.properties().forEach(field -> {
            String key = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(file, key + ".", value, into);
                return;
            }
            if (namesOf(key).stream().anyMatch(into::containsKey)) {
                throw twice(file, "'" + key + "'", "");
            }
            into.put(key, value.isArray() ? list(value) : value.asText());
        });
    }

    private static String list(JsonNode array) {
        List<String> parts = new ArrayList<>();
        array.forEach(part -> parts.add(part.asText()));
        return String.join(",", parts);
    }

    private static AltminException twice(Path file, String key, String place) {
        return new AltminException("The configuration '" + file + "' gives the setting " + key + " twice" + place
                + "; leave one out.");
    }
}
