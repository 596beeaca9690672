package org.altmin.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.altmin.core.data.CsvFile;
import org.altmin.core.model.Model;
import org.altmin.linalg.AltminException;

/** Reads samples for a model from images and tables. */
final class PredictionReader {

    private final List<String> names;
    private final int features;
    private final boolean invert;
    private final Boolean header;
    private final char separator;

    /**
     * @param header whether tables have one; null to tell from what their first line holds
     * @param separator between the columns of tables
     */
    PredictionReader(Model model, boolean invert, Boolean header, char separator) {
        names = model.features();
        features = model.network().inputs();
        this.invert = invert;
        this.header = header;
        this.separator = separator;
    }

    List<PredictionInput> read(Path file) {
        if (!Files.exists(file)) {
            throw new AltminException("There is no file '" + file + "'.");
        } else if (Files.isDirectory(file)) {
            throw new AltminException("'" + file + "' is a folder; name the images or .csv files in it.");
        }
        try {
            return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv") ? readCsv(file)
                    : List.of(readImage(file));
        } catch (IOException e) {
            throw new AltminException("The file '" + file + "' cannot be read (" + e.getMessage()
                    + "); check that it is whole.", e);
        }
    }

    private PredictionInput readImage(Path file) throws IOException {
        int side = (int) Math.round(Math.sqrt(features));
        if (side * side != features) {
            throw new AltminException("The model has " + features + " inputs, which is no square image; give the "
                    + "features as a .csv file instead of '" + file + "'.");
        } else if (!Files.isReadable(file)) {
            throw new AltminException("The file '" + file + "' cannot be read; check its permissions.");
        }
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new AltminException("The file '" + file + "' is neither an image that can be read (png, jpg, gif, "
                    + "bmp) nor a .csv file.");
        }
        BufferedImage grey = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = grey.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, side, side, invert ? Color.WHITE : Color.BLACK, null);
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

    private List<PredictionInput> readCsv(Path file) {
        List<PredictionInput> result = new ArrayList<>();
        try (CsvFile csv = CsvFile.open(file, separator)) {
            List<String> first = csv.next();
            boolean named = !first.isEmpty() && hasHeader(file, first);
            int[] columns = named ? columns(file, first) : IntStream.range(0, features).toArray();
            int width = named ? first.size() : features;
            for (List<String> cells = named ? csv.next() : first; !cells.isEmpty(); cells = csv.next()) {
                String name = file + ":" + csv.line();
                requireWidth(name, cells.size(), width);
                result.add(new PredictionInput(name, numbers(name, cells, columns)));
            }
        }
        if (result.isEmpty()) {
            throw new AltminException(file + " holds no samples; check that it is the right file.");
        }
        return result;
    }

    private boolean hasHeader(Path file, List<String> first) {
        if (header != null) {
            return header;
        }
        List<String> cells = first.stream().map(String::strip).toList();
        if (!names.isEmpty() && cells.containsAll(names)) {
            return true;
        }
        if (cells.stream().allMatch(cell -> Double.isFinite(number(cell)))) {
            throw new AltminException("All in the first line of " + file + " is numbers; say --no-header if it is a "
                    + "sample, or --header if it names the columns.");
        }
        return true;
    }

    /** Where the model's inputs stand among the columns. */
    private int[] columns(Path file, List<String> header) {
        List<String> found = header.stream().map(String::strip).toList();
        if (names.isEmpty()) {
            requireWidth(file + ":1", found.size(), features);
            return IntStream.range(0, features).toArray();
        }
        return names.stream().mapToInt(name -> {
            int column = found.indexOf(name);
            if (column < 0 || column != found.lastIndexOf(name)) {
                throw new AltminException(file + " has " + (column < 0 ? "no column '" : "two columns '") + name
                        + "', on which the model was trained; it has " + String.join(", ", found)
                        + (column >= 0 ? "." : found.size() == 1 ? "; check --separator."
                        : "; say --no-header if that is a sample."));
            }
            return column;
        }).toArray();
    }

    private void requireWidth(String name, int found, int expected) {
        if (found != expected) {
            throw new AltminException(name + " has " + found + " columns " + (expected == features
                    ? "but the model has " + features + " inputs; give one column for each, without the label."
                    : "instead of the " + expected + " of the first line."));
        }
    }

    private static double[] numbers(String name, List<String> cells, int[] columns) {
        double[] values = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            String cell = cells.get(columns[i]);
            values[i] = number(cell);
            if (!Double.isFinite(values[i])) {
                throw new AltminException(name + ", column " + (columns[i] + 1) + ": '" + cell
                        + "' is not a finite number.");
            }
        }
        return values;
    }

    private static double number(String cell) {
        try {
            return Double.parseDouble(cell.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
