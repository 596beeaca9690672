package org.altmin.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class LinePlotTest {

    private static final double[] X = {1, 2, 3, 4};

    private static Element figure(boolean logarithmic, Series... curves) throws Exception {
        Markup page = new Markup();
        new LinePlot("Objective over iterations", "iteration", true, false, "objective", logarithmic, List.of(curves))
                .addTo(page, "plot");
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.toString())));
        return document.getDocumentElement();
    }

    private static List<Element> all(Element figure, String tag) {
        return IntStream.range(0, figure.getElementsByTagName(tag).getLength())
                .mapToObj(i -> (Element) figure.getElementsByTagName(tag).item(i)).toList();
    }

    private static List<String> curves(Element figure) {
        return all(figure, "path").stream().filter(path -> path.getAttribute("class").startsWith("curve"))
                .map(path -> path.getAttribute("d")).filter(d -> !d.equals("M0 4H28")).toList();
    }

    @Test
    void saysInWordsWhatItShows() throws Exception {
        Element figure = figure(true, new Series("objective", X, new double[] {100, 10, 1, 0.1}));
        Element svg = all(figure, "svg").get(0);
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getAttribute("aria-labelledby")).isEqualTo("plot-title plot-desc");
        assertThat(all(figure, "title").get(0).getTextContent()).isEqualTo("Objective over iterations");
        assertThat(all(figure, "desc").get(0).getTextContent())
                .isEqualTo("objective, on a logarithmic axis, over iteration. "
                        + "objective goes from 100 at 1 to 0.1 at 4.");
        assertThat(all(figure, "text")).extracting(Element::getTextContent).contains("iteration", "objective", "100",
                "4");
    }

    @Test
    void equalRatiosAreEqualDistancesOnlyWhereAllIsPositive() throws Exception {
        assertThat(steps(figure(true, new Series("f", X, new double[] {1000, 100, 10, 1})))).hasSize(1);
        assertThat(steps(figure(true, new Series("f", X, new double[] {1000, 100, 10, -1})))).hasSize(3);
    }

    /** The distinct heights from point to point, in pixels. */
    private static List<Long> steps(Element figure) {
        double[] y = Arrays.stream(curves(figure).get(0).substring(1).split("L"))
                .mapToDouble(point -> Double.parseDouble(point.split(" ")[1])).toArray();
        return IntStream.range(1, y.length).mapToObj(i -> Math.round(y[i] - y[i - 1])).distinct().toList();
    }

    @Test
    void leavesOutWhatIsNoNumber() throws Exception {
        assertThat(curves(figure(false, new Series("f", X, new double[] {1, Double.NaN, 3, Double.POSITIVE_INFINITY}))))
                .singleElement().asString().matches("M[\\d. ]+L[\\d. ]+");
        Element nothing = figure(true, new Series("f", X, new double[] {Double.NaN, Double.NaN,
            Double.NaN, Double.NaN}));
        assertThat(all(nothing, "svg")).isEmpty();
        assertThat(nothing.getTextContent()).contains("no figures to draw");
    }

    @Test
    void saysWhatALogarithmicAxisCannotShow() throws Exception {
        Element figure = figure(true, new Series("objective", X, new double[] {4, 3, 2, 1}),
                new Series("multiplier", X, new double[] {-1, 0.5, -1, 0.5}), new Series("penalty", X, new double[4]));
        assertThat(figure.getTextContent()).contains("no place on a logarithmic axis",
                "Not drawn: penalty (always 0).");
        assertThat(curves(figure)).hasSize(2);
        assertThat(curves(figure).get(1)).contains("M").doesNotContain("L");
    }

    @Test
    void oneIterationIsADot() throws Exception {
        Element figure = figure(true, new Series("f", new double[] {1}, new double[] {5}));
        assertThat(all(figure, "circle")).hasSize(1);
        assertThat(all(figure, "desc").get(0).getTextContent()).endsWith("f is 5 at 1.");
    }

    @Test
    void manyPointsAreThinnedButExtremesStay() throws Exception {
        int count = 100_000;
        double[] x = IntStream.range(0, count).asDoubleStream().toArray();
        double[] y = new double[count];
        Arrays.fill(y, 1);
        y[61_234] = 9;
        Element figure = figure(false, new Series("f", x, y));
        String path = curves(figure).get(0);
        assertThat(path.split("L").length).isBetween(100, 1300);
        double top = Arrays.stream(path.substring(1).split("L"))
                .mapToDouble(point -> Double.parseDouble(point.split(" ")[1])).min().orElseThrow();
        assertThat(top).isLessThan(30);
    }

    @Test
    void namesAreEscaped() throws Exception {
        Element figure = figure(false, new Series("<script>&\"'\u0000", X, X));
        assertThat(figure.getTextContent()).contains("<script>&\"'\uFFFD");
        assertThat(all(figure, "script")).isEmpty();
    }
}
