package org.altmin.core.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.altmin.linalg.AltminException;

/**
 * JSON texts from maps, lists, arrays of double, texts, numbers and booleans. The same values give the same bytes on
 * every JDK and system; numbers that JSON does not have (NaN, ±∞) become null.
 */
public final class Json {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectWriter PRETTY = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {
    }

    /** On one line, without an end of line. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(tree(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Indented, in UTF-8, ending with an end of line. */
    public static byte[] document(Object value) {
        try {
            return (PRETTY.writeValueAsString(tree(value)) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws AltminException if the file is missing or does not hold one complete JSON object */
    public static JsonView read(Path file) {
        try {
            return parse(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw AtomicFiles.unreadable(file, e);
        }
    }

    /** What is wrong, as a clause for a message: without what Jackson says of its source. */
    public static String reason(JsonProcessingException problem) {
        return problem.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed")
                .replaceFirst(" \\(start marker at .*", "").strip();
    }

    /**
     * @param origin the file that the bytes come from, for messages
     * @throws AltminException if the bytes are not one complete JSON object
     */
    public static JsonView parse(Path origin, byte[] bytes) {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (IOException e) {
            // Some bytes are refused before they are taken for JSON.
            String reason = e instanceof JsonProcessingException problem ? reason(problem) : e.getMessage();
            throw new AltminException("'" + origin + "' is damaged: it is not complete JSON (" + reason
                    + "); use another copy of it.", e);
        }
        if (node == null || !node.isObject()) {
            throw new AltminException("'" + origin + "' is damaged: it does not hold a JSON object; use another copy "
                    + "of it.");
        }
        return new JsonView(origin, "", node);
    }

    private static JsonNode tree(Object value) {
        if (value == null) {
            return NullNode.getInstance();
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, element) -> object.set((String) key, tree(element)));
            return object;
        } else if (value instanceof Collection<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(element -> array.add(tree(element)));
            return array;
        } else if (value instanceof double[] numbers) {
            ArrayNode array = NODES.arrayNode(numbers.length);
            for (double number : numbers) {
                array.add(tree(number));
            }
            return array;
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? NODES.numberNode(number) : NullNode.getInstance();
        } else if (value instanceof Number number) {
            return NODES.numberNode(number.longValue());
        } else if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        return NODES.textNode(value.toString());
    }
}
