package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.model.Model;
import org.altmin.core.model.Outputs;
import org.altmin.core.model.Provenance;
import org.altmin.core.model.Tensor;
import org.altmin.core.network.Network;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionReaderTest {

    private static final List<String> NAMES = List.of("length", "width");

    @TempDir
    private Path folder;

    private static Model model(int inputs, List<String> names) {
        Network network = Network.of(inputs, new int[0], Operators.activation("relu"), 1);
        return new Model(network, names, Preprocessing.none(), new Outputs.Values(1), "squared", Precision.FLOAT64,
                new Provenance("1", "csv", "a table", "adam", Map.of(), 1),
                List.of(Tensor.of("W1", List.of(1, inputs), new double[inputs]),
                        Tensor.of("b1", List.of(1), new double[1])));
    }

    private static PredictionReader reader(List<String> names, Boolean header) {
        return new PredictionReader(model(2, names), false, header, ',');
    }

    private Path table(String content) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), content);
    }

    @Test
    void samplesAreTheRecordsBehindTheHeader() throws IOException {
        Path file = table("a,\"b, second\"\r\n 1,\"-2.5\"\r\n\r\n3e2,4\r\n");
        List<PredictionInput> inputs = reader(List.of(), null).read(file);
        assertThat(inputs).extracting(PredictionInput::name).containsExactly(file + ":2", file + ":4");
        assertThat(inputs.get(0).values()).containsExactly(1, -2.5);
        assertThat(inputs.get(1).values()).containsExactly(300, 4);
    }

    @Test
    void columnsAreFoundByTheirNames() throws IOException {
        Path file = table("width,kind,length\n1,x,2\n3,y,4\n");
        List<PredictionInput> inputs = reader(NAMES, null).read(file);
        assertThat(inputs.get(0).values()).containsExactly(2, 1);
        assertThat(inputs.get(1).values()).containsExactly(4, 3);
    }

    @Test
    void aHeaderOfNumbersNeedsToBeSaid() throws IOException {
        Path file = table("1,2\n3,4\n");
        assertThatThrownBy(() -> reader(List.of(), null).read(file)).isInstanceOf(AltminException.class)
                .hasMessageContainingAll("numbers", "--no-header", "--header");
        assertThat(reader(List.of(), false).read(file)).hasSize(2);
        assertThat(reader(List.of(), true).read(file)).hasSize(1);
        assertThat(reader(List.of("2", "1"), null).read(file).get(0).values()).containsExactly(4, 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            length,height | no column 'width', on which the model was trained; it has length, height
            length,width,width | two columns 'width'
            """)
    void namesThatAreNotThere(String header, String message) throws IOException {
        Path file = table(header + "\n" + "1,2,3".substring(0, header.split(",").length * 2 - 1) + "\n");
        assertThatThrownBy(() -> reader(NAMES, null).read(file)).isInstanceOf(AltminException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,2,3 | has 3 columns but the model has 2 inputs; give one column for each, without the label.
            1,x   | , column 2: 'x' is not a finite number.
            NaN,2 | , column 1: 'NaN' is not a finite number.
            1,    | , column 2: '' is not a finite number.
            """)
    void aRecordThatIsNoSampleIsNamed(String record, String message) throws IOException {
        Path file = table("a,b\n1,2\n" + record + "\n");
        assertThatThrownBy(() -> reader(List.of(), null).read(file)).isInstanceOf(AltminException.class)
                .hasMessageStartingWith(file + ":3").hasMessageEndingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b\n"})
    void aTableWithoutSamples(String content) throws IOException {
        Path file = table(content);
        assertThatThrownBy(() -> reader(List.of(), null).read(file)).isInstanceOf(AltminException.class)
                .hasMessageContaining("holds no samples");
    }

    @Test
    void aFolderIsSaidToBeOne() {
        assertThatThrownBy(() -> reader(NAMES, null).read(folder)).isInstanceOf(AltminException.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void darkStrokesOnATransparentGroundAreInvertedToLightOnDark() throws IOException {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 2, Color.BLACK.getRGB());
        Path file = folder.resolve("stroke.png");
        ImageIO.write(image, "png", file.toFile());
        double[] expected = new double[16];
        expected[2 * 4 + 1] = 255;
        assertThat(new PredictionReader(model(16, List.of()), true, null, ',').read(file).get(0).values())
                .containsExactly(expected);
        double[] nothing = new PredictionReader(model(16, List.of()), false, null, ',').read(file).get(0).values();
        assertThat(Arrays.stream(nothing)).containsOnly(0.0);
    }
}
