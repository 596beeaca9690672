package org.altmin.cli;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.altmin.core.data.CsvFile;
import org.altmin.linalg.AltminException;

/**
 * One sample to predict.
 *
 * @param name the file, with the line where it holds several
 * @param values raw features, before preprocessing
 */
record PredictionInput(String name, double[] values) {

    static List<PredictionInput> read(Path file, int features, boolean invert) {
        if (!Files.isRegularFile(file)) {
            throw new AltminException("There is no file '" + file + "'.");
        }
        try {
            return file.toString().endsWith(".csv") ? readCsv(file, features)
                    : List.of(readImage(file, features, invert));
        } catch (IOException e) {
            throw new AltminException("The file '" + file + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static PredictionInput readImage(Path file, int features, boolean invert) throws IOException {
        int side = (int) Math.round(Math.sqrt(features));
        if (side * side != features) {
            throw new AltminException("The model has " + features + " inputs, which is no square image; give the "
                    + "features as a .csv file instead of '" + file + "'.");
        }
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new AltminException("The file '" + file + "' is neither an image that can be read (png, jpg, gif, "
                    + "bmp) nor a .csv file.");
        }
        BufferedImage grey = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = grey.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, side, side, null);
        graphics.dispose();
        double[] values = new double[features];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int level = grey.getRaster().getSample(x, y, 0);
                values[y * side + x] = invert ? 255 - level : level;
            }
        }
        return new PredictionInput(file.toString(), values);
    }

    /** The first record is a header. */
    private static List<PredictionInput> readCsv(Path file, int features) {
        List<PredictionInput> result = new ArrayList<>();
        try (CsvFile csv = CsvFile.open(file, ',')) {
            csv.next();
            for (List<String> cells = csv.next(); !cells.isEmpty(); cells = csv.next()) {
                String name = file + ":" + csv.line();
                result.add(new PredictionInput(name, numbers(name, cells, features)));
            }
        }
        return result;
    }

    private static double[] numbers(String name, List<String> cells, int features) {
        if (cells.size() != features) {
            throw new AltminException(name + " has " + cells.size() + " columns, but the model has " + features
                    + " inputs.");
        }
        double[] values = new double[features];
        for (int i = 0; i < features; i++) {
            try {
                values[i] = Double.parseDouble(cells.get(i).strip());
            } catch (NumberFormatException e) {
                throw new AltminException(name + ", column " + (i + 1) + ": '" + cells.get(i)
                        + "' is not a number.", e);
            }
            if (!Double.isFinite(values[i])) {
                throw new AltminException(name + ", column " + (i + 1) + ": '" + cells.get(i)
                        + "' is not a finite number.");
            }
        }
        return values;
    }
}
