package org.altmin.core.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Curves over one axis, as a figure of SVG with title, description, labelled axes and a legend.
 *
 * @param title what is shown over what
 * @param xLabel with unit
 * @param wholeX whether the x are whole numbers
 * @param logX whether equal ratios of x are equal distances, where all x are above 0
 * @param yLabel with unit
 * @param logY whether the y axis is logarithmic, where that is possible: some of the values are above 0 and differ
 */
record LinePlot(String title, String xLabel, boolean wholeX, boolean logX, String yLabel, boolean logY,
        List<Series> curves) {

    private static final double WIDTH = 640;
    private static final double HEIGHT = 320;
    private static final double LEFT = 70;
    private static final double RIGHT = 14;
    private static final double TOP = 12;
    private static final double BOTTOM = 50;
    private static final double TICK = 5;
    private static final int MOST_POINTS = 600;
    private static final int FEW_POINTS = 25;
    private static final int STYLES = 8;
    /** A logarithmic axis over less than this ratio would say no more than a linear one. */
    private static final double LEAST_RATIO = 3;
    /** Between curves and the ends of the vertical axis, as a share of it. */
    private static final double ROOM = 0.03;

    /** Adds the figure, or a sentence where there is nothing to draw. */
    void addTo(Markup page, String id) {
        List<Series> visible = curves.stream().filter(Series::isVisible).toList();
        page.open("figure");
        if (visible.isEmpty()) {
            page.element("figcaption", title).element("p", "There are no figures to draw.", "class", "muted");
            page.closeLine();
            return;
        }
        Scale x = x(visible);
        Scale y = y(visible);
        List<Series> drawn = visible.stream().filter(curve -> Arrays.stream(curve.y()).anyMatch(y::shows)).toList();
        Map<String, Integer> styles = new LinkedHashMap<>();
        drawn.forEach(curve -> styles.putIfAbsent(curve.name(), styles.size() % STYLES));
        page.element("figcaption", title);
        page.open("svg", "viewBox", "0 0 " + coordinate(WIDTH) + " " + coordinate(HEIGHT), "role", "img",
                "aria-labelledby", id + "-title " + id + "-desc");
        page.element("title", title, "id", id + "-title").element("desc", description(drawn, y), "id", id + "-desc");
        axes(page, x, y);
        drawn.forEach(curve -> curve(page, curve, x, y, styles.get(curve.name())));
        page.closeLine();
        legend(page, styles);
        note(page, visible, drawn, y);
        page.closeLine();
    }

    private Scale x(List<Series> visible) {
        double[] values = visible.stream().flatMapToDouble(curve -> Arrays.stream(curve.x())).filter(Double::isFinite)
                .toArray();
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(1);
        return logX && least > 0 && most > least ? Scale.logarithmic(least, most)
                : Scale.linear(Math.min(0, least), most, wholeX);
    }

    private Scale y(List<Series> visible) {
        double[] values = visible.stream().flatMapToDouble(curve -> Arrays.stream(curve.y())).filter(Double::isFinite)
                .toArray();
        double most = Arrays.stream(values).max().orElse(1);
        double least = Arrays.stream(values).min().orElse(0);
        double leastAbove0 = Arrays.stream(values).filter(value -> value > 0).min().orElse(most);
        if (logY && visible.get(0).isPositive() && most / LEAST_RATIO > leastAbove0) {
            double room = Math.pow(most / leastAbove0, ROOM);
            return Scale.logarithmic(leastAbove0 / room, most * room);
        }
        double room = (most - least) * ROOM;
        return Scale.linear(least - room, most + room, false);
    }

    private void axes(Markup page, Scale x, Scale y) {
        double bottom = HEIGHT - BOTTOM;
        page.open("g", "class", "axes");
        for (Scale.Tick tick : y.ticks()) {
            double at = vertical(y.position(tick.value()));
            page.shape("line", "class", "grid", "x1", coordinate(LEFT), "x2", coordinate(WIDTH - RIGHT), "y1",
                    coordinate(at), "y2", coordinate(at));
            page.element("text", tick.label(), "x", coordinate(LEFT - 2 * TICK), "y", coordinate(at + 4),
                    "text-anchor", "end");
        }
        for (Scale.Tick tick : x.ticks()) {
            double at = horizontal(x.position(tick.value()));
            page.shape("line", "x1", coordinate(at), "x2", coordinate(at), "y1", coordinate(bottom), "y2",
                    coordinate(bottom + TICK));
            page.element("text", tick.label(), "x", coordinate(at), "y", coordinate(bottom + 4 * TICK),
                    "text-anchor", "middle");
        }
        page.shape("path", "d", "M" + point(LEFT, TOP) + "V" + coordinate(bottom) + "H" + coordinate(WIDTH - RIGHT));
        page.element("text", xLabel, "class", "label", "x", coordinate((LEFT + WIDTH - RIGHT) / 2), "y",
                coordinate(HEIGHT - 8), "text-anchor", "middle");
        page.element("text", yLabel, "class", "label", "transform", "translate(14 "
                + coordinate((TOP + bottom) / 2) + ") rotate(-90)", "text-anchor", "middle");
        page.close();
    }

    private static void curve(Markup page, Series curve, Scale x, Scale y, int style) {
        StringBuilder path = new StringBuilder();
        List<double[]> points = new ArrayList<>();
        boolean down = false;
        for (int i : thinned(curve)) {
            double value = curve.y()[i];
            if (Double.isNaN(value) || !x.shows(curve.x()[i])) {
                continue;
            } else if (!y.shows(value)) {
                down = false;
                continue;
            }
            double[] point = {horizontal(x.position(curve.x()[i])), vertical(y.position(value))};
            points.add(point);
            path.append(down ? 'L' : 'M').append(point(point[0], point[1]));
            down = true;
        }
        page.shape("path", "class", "curve s" + style, "d", path.toString());
        if (points.size() <= FEW_POINTS) {
            points.forEach(point -> page.shape("circle", "class", "dot s" + style, "cx", coordinate(point[0]), "cy",
                    coordinate(point[1]), "r", "2.6"));
        }
    }

    /** The positions to draw: all, or of every stretch the least and the greatest value, and always the ends. */
    private static int[] thinned(Series curve) {
        int count = curve.y().length;
        if (count <= MOST_POINTS) {
            return IntStream.range(0, count).toArray();
        }
        List<Integer> kept = new ArrayList<>();
        int stretches = MOST_POINTS / 2;
        kept.add(0);
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = (int) ((long) stretch * count / stretches);
            int to = (int) ((long) (stretch + 1) * count / stretches);
            int least = -1;
            int greatest = -1;
            for (int i = from; i < to; i++) {
                if (!Double.isFinite(curve.y()[i])) {
                    continue;
                }
                least = least < 0 || curve.y()[i] < curve.y()[least] ? i : least;
                greatest = greatest < 0 || curve.y()[i] > curve.y()[greatest] ? i : greatest;
            }
            if (least >= 0) {
                kept.add(Math.min(least, greatest));
                kept.add(Math.max(least, greatest));
            }
        }
        kept.add(count - 1);
        return kept.stream().mapToInt(Integer::intValue).distinct().toArray();
    }

    private static void legend(Markup page, Map<String, Integer> styles) {
        page.open("ul", "class", "legend");
        styles.forEach((name, style) -> {
            page.open("li").open("svg", "viewBox", "0 0 28 8", "width", "28", "height", "8", "aria-hidden", "true");
            page.shape("path", "class", "curve s" + style, "d", "M0 4H28").close();
            page.text(name).close();
        });
        page.close();
    }

    private void note(Markup page, List<Series> visible, List<Series> drawn, Scale y) {
        List<String> sentences = new ArrayList<>();
        if (y.logarithmic() && visible.stream().anyMatch(curve -> !curve.isPositive())) {
            sentences.add("Values of 0 and below have no place on a logarithmic axis and are left out.");
        }
        List<String> absent = visible.stream().filter(curve -> !drawn.contains(curve))
                .map(curve -> curve.name() + (curve.isZero() ? " (always 0)" : "")).distinct().toList();
        if (!absent.isEmpty()) {
            sentences.add("Not drawn: " + String.join(", ", absent) + ".");
        }
        if (!sentences.isEmpty()) {
            page.element("p", String.join(" ", sentences), "class", "muted");
        }
    }

    private String description(List<Series> drawn, Scale y) {
        StringBuilder text = new StringBuilder(yLabel + (y.logarithmic() ? ", on a logarithmic axis," : "") + " over "
                + xLabel + ".");
        for (Series curve : drawn) {
            int first = end(curve, i -> i);
            int last = end(curve, i -> curve.y().length - 1 - i);
            text.append(' ').append(curve.name()).append(first == last ? " is " : " goes from ")
                    .append(Figures.of(curve.y()[first])).append(" at ").append(Figures.of(curve.x()[first]));
            if (first != last) {
                text.append(" to ").append(Figures.of(curve.y()[last])).append(" at ")
                        .append(Figures.of(curve.x()[last]));
            }
            text.append('.');
        }
        return text.toString();
    }

    /** The first position with a finite value, counted from the end that the function says. */
    private static int end(Series curve, IntUnaryOperator position) {
        int i = 0;
        while (!Double.isFinite(curve.y()[position.applyAsInt(i)])) {
            i++;
        }
        return position.applyAsInt(i);
    }

    private static double horizontal(double position) {
        return LEFT + position * (WIDTH - LEFT - RIGHT);
    }

    private static double vertical(double position) {
        return HEIGHT - BOTTOM - position * (HEIGHT - TOP - BOTTOM);
    }

    private static String point(double x, double y) {
        return coordinate(x) + " " + coordinate(y);
    }

    private static String coordinate(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
