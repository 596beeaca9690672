package org.altmin.core.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.altmin.linalg.AltminException;

/** A JSON value that knows its file and place, so that whatever is missing or wrong in it is named. */
public final class JsonView {

    private final Path file;
    private final String place;
    private final JsonNode node;

    JsonView(Path file, String place, JsonNode node) {
        this.file = file;
        this.place = place;
        this.node = node;
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** The object under this name. */
    public JsonView object(String name) {
        JsonView member = member(name);
        if (!member.node.isObject()) {
            throw member.invalid("an object");
        }
        return member;
    }

    /** The list under this name. */
    public List<JsonView> list(String name) {
        JsonView member = member(name);
        if (!member.node.isArray()) {
            throw member.invalid("a list");
        }
        List<JsonView> elements = new ArrayList<>();
        for (int i = 0; i < member.node.size(); i++) {
            elements.add(new JsonView(file, member.place + "[" + i + "]", member.node.get(i)));
        }
        return elements;
    }

    /** The members of this object in the file's order. */
    public Map<String, JsonView> members() {
        if (!node.isObject()) {
            throw invalid("an object");
        }
        Map<String, JsonView> members = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> members.put(name, member(name)));
        return members;
    }

    /** The members of this object, all of them texts. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        members().forEach((name, member) -> texts.put(name, member.asText()));
        return texts;
    }

    /** Maps, lists, texts, numbers, booleans and null, as {@link Json} writes them. */
    public Object plain() {
        if (node.isObject()) {
            Map<String, Object> plain = new LinkedHashMap<>();
            members().forEach((name, member) -> plain.put(name, member.plain()));
            return plain;
        } else if (node.isArray()) {
            List<Object> plain = new ArrayList<>();
            node.forEach(element -> plain.add(new JsonView(file, place, element).plain()));
            return plain;
        } else if (node.isIntegralNumber()) {
            return asLong();
        } else if (node.isNumber()) {
            return node.doubleValue();
        } else if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.textValue();
    }

    public String text(String name) {
        return member(name).asText();
    }

    public boolean flag(String name) {
        JsonView member = member(name);
        if (!member.node.isBoolean()) {
            throw member.invalid("true or false");
        }
        return member.node.booleanValue();
    }

    public int integer(String name) {
        JsonView member = member(name);
        if (!member.node.canConvertToInt() || !member.node.isIntegralNumber()) {
            throw member.invalid("a whole number");
        }
        return member.node.intValue();
    }

    public long longInteger(String name) {
        return member(name).asLong();
    }

    public double[] numbers(String name) {
        return list(name).stream().mapToDouble(JsonView::asNumber).toArray();
    }

    public String asText() {
        if (!node.isTextual()) {
            throw invalid("a text");
        }
        return node.textValue();
    }

    public long asLong() {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw invalid("a whole number");
        }
        return node.longValue();
    }

    /** A finite number. */
    public double asNumber() {
        if (!node.isNumber()) {
            throw invalid("a number");
        }
        return node.doubleValue();
    }

    /** The error for this value when it is not what it must be. */
    public AltminException invalid(String wanted) {
        String found = node.isMissingNode() ? "missing" : abbreviate(node.toString());
        return new AltminException("In '" + file + "', '" + place + "' must be " + wanted + ", but is " + found
                + "; the file is damaged or not of this kind.");
    }

    private JsonView member(String name) {
        return new JsonView(file, place.isEmpty() ? name : place + "." + name, node.path(name));
    }

    private static String abbreviate(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
