package org.altmin.core.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** HTML and SVG under construction: what is open is closed in order, and every text and value is escaped. */
final class Markup {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element. @param attributes names and values in turn */
    Markup open(String element, String... attributes) {
        tag(element, attributes);
        open.push(element);
        return this;
    }

    /** Closes the element opened last. */
    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Closes the element opened last, and begins a line. */
    Markup closeLine() {
        close();
        out.append('\n');
        return this;
    }

    /** An element that has no content and no end, as HTML's meta. */
    Markup empty(String element, String... attributes) {
        tag(element, attributes);
        return this;
    }

    /** An element of nothing but a text. */
    Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** An SVG element without content. */
    Markup shape(String element, String... attributes) {
        return open(element, attributes).close();
    }

    Markup text(String text) {
        out.append(escape(text));
        return this;
    }

    /** What another has built. */
    Markup add(Markup other) {
        out.append(other);
        return this;
    }

    /** Text of this program's own, such as a style sheet, as it is. */
    Markup verbatim(String text) {
        out.append(text);
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }

    private void tag(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"").append(escape(attributes[i + 1])).append('"');
        }
        out.append('>');
    }

    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(code -> {
            switch (code) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(code) ? code : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean isAllowed(int code) {
        boolean control = code < 0x20 && code != '\t' && code != '\n' || code >= 0x7F && code < 0xA0;
        return !control && !(code >= 0xD800 && code <= 0xDFFF);
    }
}
