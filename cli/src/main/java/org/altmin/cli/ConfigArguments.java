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
import org.altmin.core.internal.Json;
import org.altmin.linalg.AltminException;

/** Turns a configuration file and key=value arguments into one map; arguments win over the file, later over earlier. */
final class ConfigArguments {

    private ConfigArguments() {
    }

    /** @param file YAML or JSON, or null */
    static Map<String, String> read(Path file, List<String> arguments) {
        Map<String, String> result = new LinkedHashMap<>();
        if (file != null) {
            readFile(file, result);
        }
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new AltminException("'" + argument + "' is not of the form key=value.");
            }
            result.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return result;
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
            flatten("", root, into);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new AltminException("The configuration '" + file + "' is not valid " + (json ? "JSON" : "YAML")
                    + place + ": " + Json.reason(e) + ".", e);
        } catch (CharacterCodingException e) {
            throw new AltminException("The configuration '" + file + "' is not text in UTF-8; save it in that "
                    + "encoding.", e);
        } catch (IOException e) {
            throw new AltminException("The configuration '" + file + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        node.properties().forEach(field -> {
            String key = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(key + ".", value, into);
            } else if (value.isArray()) {
                List<String> parts = new ArrayList<>();
                value.forEach(part -> parts.add(part.asText()));
                into.put(key, String.join(",", parts));
            } else {
                into.put(key, value.asText());
            }
        });
    }
}
