package org.altmin.core.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.run.AltminVersion;

/** The frame of a report, and the parts that reports share. */
final class Page {

    private static final String STYLE = "report.css";

    private final Markup markup = new Markup();

    Page(String title) {
        markup.verbatim("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        markup.empty("meta", "charset", "utf-8");
        // Nothing may be loaded, from wherever the page is opened.
        markup.empty("meta", "http-equiv", "Content-Security-Policy", "content",
                "default-src 'none'; style-src 'unsafe-inline'");
        markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        markup.empty("meta", "name", "generator", "content", "altmin " + AltminVersion.current());
        markup.element("title", title).open("style").verbatim(style()).close().closeLine();
        markup.open("body").open("main").element("h1", title);
    }

    Markup markup() {
        return markup;
    }

    void lead(String text) {
        markup.element("p", text, "class", "lead");
    }

    void paragraph(String text) {
        markup.element("p", text);
    }

    void notices(List<String> notices) {
        notices.forEach(notice -> markup.element("p", notice, "class", "notice"));
    }

    void heading(String text) {
        markup.verbatim("\n").element("h2", text);
    }

    /** Plots side by side where there is room. @param id begins the identifiers of all */
    void plots(String id, List<LinePlot> plots) {
        markup.open("div", "class", "plots").verbatim("\n");
        for (int i = 0; i < plots.size(); i++) {
            plots.get(i).addTo(markup, id + i);
        }
        markup.closeLine();
    }

    /** Names with their values. */
    void facts(String caption, Map<String, String> facts) {
        markup.open("div", "class", "scroll").open("table").element("caption", caption).open("tbody");
        facts.forEach((name, value) -> markup.open("tr").element("th", name, "scope", "row").element("td", value)
                .closeLine());
        markup.close().close().closeLine();
    }

    /** @param numbers how many columns, after the first, hold numbers */
    void table(String caption, List<String> header, List<List<String>> rows, int numbers) {
        markup.open("div", "class", "scroll").open("table").element("caption", caption).open("thead").open("tr");
        for (int column = 0; column < header.size(); column++) {
            markup.element("th", header.get(column), attributes(column, numbers, "scope", "col"));
        }
        markup.close().close().open("tbody");
        for (List<String> row : rows) {
            markup.open("tr").element("th", row.get(0), "scope", "row");
            for (int column = 1; column < row.size(); column++) {
                markup.element("td", row.get(column), attributes(column, numbers));
            }
            markup.closeLine();
        }
        markup.close().close().closeLine();
    }

    void command(String line) {
        markup.open("pre").element("code", line).closeLine();
    }

    /** The page. */
    String html() {
        markup.close().open("footer").element("p", "Written by altmin " + AltminVersion.current() + ".", "class",
                "muted").close().close().closeLine();
        return markup.toString();
    }

    /** Writes a page, in place of an earlier one. */
    static Path write(Path file, String html) {
        new AtomicFiles().writeFile(file, true, AtomicFiles.Content.of(html.getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    private static String[] attributes(int column, int numbers, String... more) {
        boolean number = column >= 1 && column <= numbers;
        String[] all = Arrays.copyOf(more, more.length + (number ? 2 : 0));
        if (number) {
            all[more.length] = "class";
            all[more.length + 1] = "number";
        }
        return all;
    }

    private static String style() {
        try (InputStream in = Page.class.getResourceAsStream(STYLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
