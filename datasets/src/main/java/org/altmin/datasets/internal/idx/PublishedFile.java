package org.altmin.datasets.internal.idx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One file of a published dataset.
 *
 * @param name as published, without {@code .gz}
 * @param dimensions of its IDX content
 * @param sha256 of the unpacked content
 */
public record PublishedFile(String name, int dimensions, String sha256) {

    /** The file in a folder, under any of its usual names: '-' or '.' before idx, plain or with {@code .gz}. */
    Optional<Path> in(Path folder) {
        String dotted = name.replace("-idx", ".idx");
        return List.of(name, dotted, name + ".gz", dotted + ".gz").stream()
                .map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    String packedName() {
        return name + ".gz";
    }
}
