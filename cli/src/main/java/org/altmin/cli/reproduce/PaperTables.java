package org.altmin.cli.reproduce;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.spi.NearMiss;

/** The tables that can be reproduced, each a resource beside this class. */
public final class PaperTables {

    private static final List<String> NAMES = List.of("dladmm-seconds-by-neurons", "dladmm-seconds-by-samples",
            "dladmm-curves", "dladmm-convergence", "dlam-seconds", "dlam-curves", "bcd-mnist", "bcd-cifar10",
            "sigmoid-square", "sigmoid-product", "sigmoid-l1-radial", "sigmoid-l2-radial", "earthquake", "yale-b",
            "ptb-ecg", "results");

    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

    private PaperTables() {
    }

    /** All, in the order in which they are listed. */
    public static List<PaperTable> all() {
        return NAMES.stream().map(PaperTables::read).toList();
    }

    /** @throws AltminException if there is none of that name; the message lists what there is */
    public static PaperTable get(String name) {
        if (!NAMES.contains(name)) {
            throw new AltminException("There is no table '" + name + "'" + NearMiss.hint(name, NAMES)
                    + "; there are " + String.join(", ", NAMES) + ".");
        }
        return read(name);
    }

    /** @throws IOException if it is not of the form of a {@link PaperTable} */
    static PaperTable parse(InputStream yaml) throws IOException {
        return MAPPER.readValue(yaml, PaperTable.class);
    }

    private static PaperTable read(String name) {
        try (InputStream yaml = PaperTables.class.getResourceAsStream(name + ".yaml")) {
            return parse(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + ".yaml", e);
        }
    }
}
