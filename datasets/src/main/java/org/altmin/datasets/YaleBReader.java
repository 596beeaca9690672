package org.altmin.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.image.PgmFile;
import org.altmin.datasets.internal.location.DataFolder;
import org.altmin.datasets.internal.table.Split;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.RandomStream;

/**
 * Faces of the extended Yale B database (Lee, Ho and Kriegman, 2005), cropped version: a folder per person with images
 * in the PGM format. As in Zeng, Lin, Yao and Zhou, "On ADMM in deep learning", section 6.2: 32 x 32 pixels (here the
 * mean over each cell), each image brought to mean 0 and variance 1, and for each person half of the images at random
 * for training, the other half for testing.
 *
 * <p>The paper counts 38 x 64 images; 18 of the published ones are damaged and named {@code .bad}, and are left out
 * here, as are the pictures of ambient light.
 */
public final class YaleBReader implements DatasetReader {

    private static final int SIDE = 32;
    private static final int PIXELS = SIDE * SIDE;
    private static final String PREFIX = "yaleB";
    private static final DataFolder FOLDER = new DataFolder("yale-b",
            List.of("yale-b", "CroppedYale", "yale-b/CroppedYale", "ExtendedYaleB", "ExtendedYaleB/CroppedYale"),
            "the folders yaleB01 to yaleB39 with PGM images",
            "get the cropped images of the Extended Yale Face Database B by way of "
                    + "http://vision.ucsd.edu/~leekc/ExtYaleDatabase/ExtYaleB.html");

    @Override
    public String name() {
        return "yale-b";
    }

    @Override
    public String description() {
        return "faces of 38 people, 32 x 32 grey, half for training (extended Yale B, cropped), from data-dir";
    }

    @Override
    public List<Setting> settings() {
        return List.of(FOLDER.setting(), Split.seedSetting());
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        Path folder = FOLDER.find(settings, candidate -> !people(candidate).isEmpty());
        List<Path> people = people(folder);
        if (people.size() < 2) {
            throw new AltminException(folder.toAbsolutePath() + " holds one person only, " + people.get(0).getFileName()
                    + "; put the folders of all people there.");
        }
        RandomStream random = Split.random(settings);
        Part train = new Part();
        Part test = new Part();
        for (int person = 0; person < people.size(); person++) {
            List<Path> images = images(people.get(person));
            if (images.size() < 2) {
                throw new AltminException(people.get(person) + " holds " + images.size()
                        + " images; put at least two there, or remove the folder.");
            }
            int half = (images.size() + 1) / 2;
            Split split = Split.of(images.size(), half, images.size() - half, random);
            train.add(person, images, split.train());
            test.add(person, images, split.test());
        }
        List<String> names = people.stream().map(path -> path.getFileName().toString()).toList();
        return new Dataset(name(), train.samples(names), test.samples(names), Preprocessing.none(),
                (train.size() + test.size()) + " images of " + people.size() + " people in " + folder.toAbsolutePath()
                        + ", each image standardised");
    }

    private static List<Path> people(Path folder) {
        return list(folder, path -> Files.isDirectory(path) && path.getFileName().toString().startsWith(PREFIX));
    }

    private static List<Path> images(Path person) {
        return list(person, path -> path.getFileName().toString().endsWith(".pgm")
                && !path.getFileName().toString().contains("Ambient"));
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new AltminException(folder + " cannot be read: " + e + "; check its permissions.", e);
        }
    }

    private static final class Part {

        private final List<double[]> images = new ArrayList<>();
        private final List<Integer> labels = new ArrayList<>();

        void add(int person, List<Path> files, int[] positions) {
            for (int position : positions) {
                images.add(standardised(PgmFile.read(files.get(position)).averaged(SIDE)));
                labels.add(person);
            }
        }

        int size() {
            return labels.size();
        }

        Samples samples(List<String> names) {
            double[] values = new double[images.size() * PIXELS];
            for (int i = 0; i < images.size(); i++) {
                System.arraycopy(images.get(i), 0, values, i * PIXELS, PIXELS);
            }
            return new Samples(new DoubleTable(values, PIXELS),
                    new Targets.Labels(labels.stream().mapToInt(Integer::intValue).toArray(), names));
        }

        /** The image as one feature with a sample for each pixel. */
        private static double[] standardised(double[] image) {
            Preprocessing.standardise(new DoubleTable(image, 1)).apply(image, 1, image.length);
            return image;
        }
    }
}
