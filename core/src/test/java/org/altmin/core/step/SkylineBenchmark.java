package org.altmin.core.step;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;

/**
 * Products with MNIST's training images, as a matrix and in skyline storage, by turns: medians in seconds. Arguments:
 * the file train-images-idx3-ubyte.gz and the number of rows of W and R.
 */
final class SkylineBenchmark {

    private static final int FEATURES = 784;
    private static final int HEADER = 16;
    private static final int RUNS = 15;

    private SkylineBenchmark() {
    }

    public static void main(String[] arguments) throws IOException {
        byte[] images;
        try (InputStream file = new GZIPInputStream(Files.newInputStream(Path.of(arguments[0])))) {
            images = file.readAllBytes();
        }
        int outputs = Integer.parseInt(arguments[1]);
        int samples = (images.length - HEADER) / FEATURES;
        float[] pixels = new float[samples * FEATURES];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (images[HEADER + i] & 255) / 255f;
        }
        try (LinearAlgebra la = Backends.open("onednn", LinearAlgebraOptions.of(Precision.FLOAT32))) {
            Matrix inputs = la.allocate(FEATURES, samples);
            la.upload(pixels, 0, inputs);
            RandomStream random = new RandomStream(1);
            Matrix weight = la.allocate(outputs, FEATURES);
            Matrix residual = la.allocate(outputs, samples);
            random.fillGaussian(weight, 0, 1);
            random.fillGaussian(residual, 0, 1);
            long start = System.nanoTime();
            Skyline outline = Skyline.of(la, inputs).orElseThrow();
            LayerInputs[] forms = {LayerInputs.of(la, inputs), new SkylineInputs(la, inputs, outputs, outline)};
            System.out.printf("%.2f s to find and store the skyline%n", (System.nanoTime() - start) * 1e-9);
            double[][] seconds = new double[4][RUNS];
            for (int run = 0; run < RUNS; run++) {
                for (int form = 0; form < forms.length; form++) {
                    start = System.nanoTime();
                    forms[form].multiplyTransposed(1, residual, 0, weight);
                    seconds[2 + form][run] = (System.nanoTime() - start) * 1e-9;
                    start = System.nanoTime();
                    forms[form].multiply(weight, 0, residual);
                    seconds[form][run] = (System.nanoTime() - start) * 1e-9;
                    random.fillGaussian(residual, 0, 1);
                }
            }
            System.out.printf("W X %.3f, skyline %.3f; R X' %.3f, skyline %.3f%n", Arrays.stream(seconds)
                    .map(SkylineBenchmark::median).toArray());
        }
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}
