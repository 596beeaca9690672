package com.example.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscTest {

    @Test
    void learnsTheDiscAndTellsItAfterReading(@TempDir Path folder) {
        Path model = folder.resolve("model");
        double accuracy = Disc.train(model);
        assertTrue(accuracy >= 0.97, "accuracy " + accuracy);
        assertEquals("inside", Disc.classify(model, 0.2, -0.3));
        assertEquals("outside", Disc.classify(model, 1.8, 1.8));
        assertEquals("outside", Disc.classify(model, -1.9, 0.5));
    }
}
