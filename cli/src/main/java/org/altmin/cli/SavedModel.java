package org.altmin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.altmin.core.model.Model;
import org.altmin.core.model.ModelFiles;
import org.altmin.linalg.AltminException;

/** Finds the model a user means: a run's folder, or a model's. */
final class SavedModel {

    private SavedModel() {
    }

    static Model read(Path path) {
        return ModelFiles.read(locate(path));
    }

    static Path locate(Path path) {
        Path ofRun = path.resolve("model");
        if (Files.isRegularFile(ofRun.resolve(ModelFiles.DESCRIPTION))) {
            return ofRun;
        } else if (Files.isRegularFile(path.resolve(ModelFiles.DESCRIPTION))) {
            return path;
        } else if (!Files.exists(path)) {
            throw new AltminException("There is no '" + path + "'.");
        }
        throw new AltminException("'" + path + "' is neither the folder of a finished run nor of a model: it has no "
                + ModelFiles.DESCRIPTION + ".");
    }

    /** Whether the path is the folder of a run rather than of a model. */
    static boolean isRun(Path path) {
        return Files.isRegularFile(path.resolve("config.json"));
    }
}
