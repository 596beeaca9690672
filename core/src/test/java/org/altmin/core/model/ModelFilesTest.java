package org.altmin.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.network.Network;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Activation;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFilesTest {

    private static final List<String> NAMES = List.of("age", "height, in m", "\u03b2");

    private static final Registry<Activation> INSTALLED = Registry.of("activation", List.<Activation>of(
            new NamedActivation("leaky-relu", Map.of("slope", "0.01")), new NamedActivation("tanh")));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"FLOAT32, true", "FLOAT64, true", "FLOAT32, false", "FLOAT64, false"})
    void aModelIsReadAsItWasWritten(Precision precision, boolean bias) {
        Model model = ModelSamples.model(ModelSamples.network(bias), precision, 1);
        Path place = folder.resolve("new/model");
        ModelFiles.write(place, model, false);

        assertSame(ModelFiles.read(place, INSTALLED), model);
        assertSame(ModelFiles.read(place.resolve("model.json"), INSTALLED), model);
        assertSame(ModelFiles.read(place.getParent(), INSTALLED), model);
        assertThat(place.getParent()).isDirectoryNotContaining(file -> !file.endsWith("model"));
    }

    @Test
    void regressionModelsHaveValues() {
        Model classes = ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 1);
        Model model = new Model(classes.network(), NAMES, Preprocessing.none(), new Outputs.Values(2), "squared",
                Precision.FLOAT32, classes.provenance(), classes.tensors());
        ModelFiles.write(folder.resolve("model"), model, false);

        assertSame(ModelFiles.read(folder.resolve("model"), INSTALLED), model);
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        for (String name : List.of("a", "b")) {
            ModelFiles.write(folder.resolve(name),
                    ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 1), false);
        }
        for (String file : List.of("model.json", "weights.safetensors")) {
            assertThat(folder.resolve("a").resolve(file)).hasSameBinaryContentAs(folder.resolve("b").resolve(file));
        }
        assertThat(Files.readString(folder.resolve("a/model.json"))).startsWith("""
                {
                  "format" : "altmin-model",
                  "version" : 1,
                  "network" : {
                    "inputs" : 3,
                    "hidden" : [ {
                      "width" : 4,
                      "activation" : {
                        "name" : "leaky-relu",
                        "settings" : {
                          "slope" : "0.1"
                """);
    }

    @Test
    void anExistingModelIsOnlyReplacedOnRequest() throws IOException {
        Path place = folder.resolve("model");
        Model first = ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 1);
        Model second = ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 2);
        ModelFiles.write(place, first, false);

        assertThatThrownBy(() -> ModelFiles.write(place, second, false)).isInstanceOf(AltminException.class)
                .hasMessageContaining(place.toString()).hasMessageContaining("exists already");
        assertSame(ModelFiles.read(place, INSTALLED), first);
        ModelFiles.write(place, second, true);
        assertSame(ModelFiles.read(place, INSTALLED), second);
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(place));
    }

    @Test
    void aFolderThatIsNoModelIsNeverReplaced() throws IOException {
        Path diary = Files.writeString(Files.createDirectory(folder.resolve("notes")).resolve("diary"), "dear diary");

        assertThatThrownBy(() -> ModelFiles.write(diary.getParent(),
                ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 1), true))
                .isInstanceOf(AltminException.class).hasMessageContaining("not a model");
        assertThat(diary).hasContent("dear diary");
    }

    @Test
    void aFullDiskLeavesTheOldModelWhole() throws IOException {
        Path place = folder.resolve("model");
        Model old = ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 1);
        Model fresh = ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 2);
        ModelFiles.write(place, old, false);
        long size = Files.size(place.resolve("model.json")) + Files.size(place.resolve("weights.safetensors"));

        for (long free = 0; free < size; free += 97) {
            AtomicLong space = new AtomicLong(free);
            AtomicFiles full = new AtomicFiles(out -> new FailingStream(out, space));
            assertThatThrownBy(() -> ModelFiles.write(place, fresh, true, full)).isInstanceOf(AltminException.class)
                    .hasMessageContaining(place.toString()).hasMessageContaining("No space left on device");
            assertSame(ModelFiles.read(place, INSTALLED), old);
            assertThat(folder).isDirectoryNotContaining(file -> !file.equals(place));
        }
        AtomicLong enough = new AtomicLong(size);
        ModelFiles.write(place, fresh, true, new AtomicFiles(out -> new FailingStream(out, enough)));
        assertSame(ModelFiles.read(place, INSTALLED), fresh);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> ModelFiles.write(file.resolve("model"),
                ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 1), false))
                .isInstanceOf(AltminException.class).hasMessageContaining(file.resolve("model").toString())
                .hasMessageContaining("cannot be written");
    }

    @ParameterizedTest
    @CsvSource({"model.json", "weights.safetensors"})
    void aFileCutAnywhereIsRefused(String name) throws IOException {
        Path place = written();
        byte[] whole = Files.readAllBytes(place.resolve(name));
        int end = name.endsWith(".json") ? whole.length - 1 : whole.length;
        for (int length = 0; length < end; length++) {
            Files.write(place.resolve(name), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ModelFiles.read(place, INSTALLED)).as("cut to %d bytes", length)
                    .isInstanceOf(AltminException.class).hasMessageContaining(place.resolve(name).toString());
        }
        Files.delete(place.resolve(name));
        assertThatThrownBy(() -> ModelFiles.read(place, INSTALLED)).isInstanceOf(AltminException.class)
                .hasMessageContaining(place.resolve(name).toString()).hasMessageContaining("no file");
    }

    @Test
    void everyFlippedBitOfTheWeightsIsRefused() throws IOException {
        Path place = written();
        Path weights = place.resolve("weights.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        for (int bit = 0; bit < whole.length * 8; bit += 7) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(weights, damaged);
            assertThatThrownBy(() -> ModelFiles.read(place, INSTALLED)).as("bit %d", bit)
                    .isInstanceOf(AltminException.class).hasMessageContaining(weights.toString());
        }
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                Arguments.of("\"version\" : 1", "\"version\" : 2", "version 2.*reads version 1.*later"),
                Arguments.of("\"version\" : 1", "\"version\" : \"1\"", "'version'.*whole number"),
                Arguments.of("altmin-model", "other-model", "not a model"),
                Arguments.of("\"inputs\" : 3", "\"inputs\" : 5", "'W1'.*\\[4, 3\\].*\\[4, 5\\]"),
                Arguments.of("\"inputs\" : 3", "\"inputs\" : 3.5", "'network.inputs'.*whole number.*3.5"),
                Arguments.of("\"inputs\" : 3", "\"outputs\" : 3", "Duplicate field"),
                Arguments.of("\"inputs\" : 3", "\"inputs\" : 0", "no valid model.*at least one input"),
                Arguments.of("\"skip\" : true", "\"skip\" : 1", "'network.hidden\\[1\\].skip'.*true or false"),
                Arguments.of("\"bias\" : true", "\"bias\" : false", "'b1'"),
                Arguments.of("\"precision\" : \"float32\"", "\"precision\" : \"float64\"", "'W1'.*F32.*F64"),
                Arguments.of("\"precision\" : \"float32\"", "\"precision\" : \"float16\"", "float32 or float64"),
                Arguments.of("\"name\" : \"tanh\"", "\"name\" : \"swish\"",
                        "needs the activation 'swish'.*installed: leaky-relu, tanh.*jar"),
                Arguments.of("\"slope\" : \"0.1\"", "\"angle\" : \"0.1\"", "no setting 'angle'"),
                Arguments.of("\"deviation\" : [ 0.1 ]", "\"deviation\" : [ 1, 2 ]", "2 entries.*deviation.*3"),
                Arguments.of("\"deviation\" : [ 0.1 ]", "\"deviation\" : [ \"x\" ]", "deviation\\[0\\].*a number"),
                Arguments.of("\"kind\" : \"classes\"", "\"kind\" : \"words\"", "classes or values"),
                Arguments.of("\"seed\" : 7", "\"salt\" : 7", "'provenance.seed'.*missing"));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void aDescriptionThatDoesNotFitIsRefused(String before, String after, String message) throws IOException {
        Path place = written();
        Path description = place.resolve("model.json");
        String text = Files.readString(description);
        assertThat(text).contains(before);
        Files.writeString(description, text.replaceFirst(Pattern.quote(before),
                Matcher.quoteReplacement(after)));

        assertThatThrownBy(() -> ModelFiles.read(place, INSTALLED)).isInstanceOf(AltminException.class)
                .hasMessageMatching("(?s).*" + message + ".*").hasMessageContaining(place.toString());
    }

    @Test
    void weightsOfAnotherModelAreRefused() throws IOException {
        Path place = written();
        Model other = ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 9);
        ModelFiles.write(folder.resolve("other"), other, false);
        Files.copy(folder.resolve("other/weights.safetensors"), place.resolve("weights.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> ModelFiles.read(place, INSTALLED)).isInstanceOf(AltminException.class)
                .hasMessageContaining("SHA-256");
    }

    @Test
    void surplusTensorsAreRefused() throws IOException {
        Path place = written();
        String json = Files.readString(place.resolve("model.json"));
        Files.writeString(place.resolve("model.json"), json.replace("\"bias\" : true", "\"bias\" : false"));

        assertThatThrownBy(() -> ModelFiles.read(place, INSTALLED)).isInstanceOf(AltminException.class)
                .hasMessageContaining("'b1'").hasMessageContaining("does not have");
    }

    @Test
    void whatIsNoModelIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "x");
        assertThatThrownBy(() -> ModelFiles.read(folder.resolve("none"), INSTALLED))
                .isInstanceOf(AltminException.class).hasMessageContaining("no model '" + folder.resolve("none"));
        assertThatThrownBy(() -> ModelFiles.read(text, INSTALLED)).isInstanceOf(AltminException.class)
                .hasMessageContaining("not a model");
        assertThatThrownBy(() -> ModelFiles.read(folder, INSTALLED)).isInstanceOf(AltminException.class)
                .hasMessageContaining("model.json");
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void weightsReachABackendAndComeBack(Precision precision) {
        Model model = ModelSamples.model(ModelSamples.network(true), precision, 3);
        try (LinearAlgebra la = HostMemory.open(precision)) {
            Weights weights = model.load(la);
            double[] columns = la.toArray(weights.weight(1));
            Tensor tensor = model.tensors().get(0);
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 3; column++) {
                    assertThat(columns[column * 4 + row]).isEqualTo(tensor.get(row * 3 + column));
                }
            }
            assertSame(Model.of(weights, model.features(), model.preprocessing(), model.outputs(), model.loss(),
                    model.provenance()),
                    model);
        }
    }

    @Test
    void weightsAreTakenFromAnyWholeFile() {
        Path place = written();
        Model model = ModelFiles.read(place, INSTALLED);
        try (LinearAlgebra la = HostMemory.open(Precision.FLOAT64)) {
            Weights weights = new Weights(la, ModelSamples.network(false));
            ModelFiles.readWeights(place.resolve("weights.safetensors"), weights);
            assertThat(la.toArray(weights.weight(3))[1]).isEqualTo(model.tensors().get(4).get(4));
            assertThat(la.toArray(weights.bias(1))).containsOnly(0);

            Weights wider = new Weights(la, Network.of(3, new int[] {5}, new NamedActivation("tanh"), 2));
            assertThatThrownBy(() -> ModelFiles.readWeights(place.resolve("weights.safetensors"), wider))
                    .isInstanceOf(AltminException.class).hasMessageContaining("'W1'")
                    .hasMessageContaining("[4, 3]").hasMessageContaining("[5, 3]");
            Weights deeper = new Weights(la, Network.of(3, new int[] {4, 4, 2}, new NamedActivation("tanh"), 2));
            assertThatThrownBy(() -> ModelFiles.readWeights(place.resolve("weights.safetensors"), deeper))
                    .isInstanceOf(AltminException.class).hasMessageContaining("'W4'");
        }
    }

    private Path written() {
        Path place = folder.resolve("model");
        ModelFiles.write(place, ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 1), false);
        return place;
    }

    private static void assertSame(Model found, Model expected) {
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }
}
