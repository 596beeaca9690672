package org.altmin.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.Datasets;
import org.junit.jupiter.api.Test;

class ServicesTest {

    private static final Path CLASSES = Path.of("target", "classes");

    @Test
    void everyReaderIsInstalled() {
        assertThat(Datasets.installed().all()).extracting(DatasetReader::name).contains("cifar10", "csv", "earthquake",
                "fashion-mnist", "glyphs", "l1-radial", "l2-radial", "mnist", "product", "ptb-ecg", "square", "yale-b");
    }

    @Test
    void theModuleProvidesWhatTheClassPathDoes() throws IOException {
        ModuleDescriptor module;
        try (var in = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        List<String> provided = module.provides().iterator().next().providers();
        assertThat(Files.readAllLines(CLASSES.resolve("META-INF/services").resolve(DatasetReader.class.getName())))
                .isEqualTo(provided);
    }
}
