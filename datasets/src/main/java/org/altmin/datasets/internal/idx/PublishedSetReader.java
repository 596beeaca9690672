package org.altmin.datasets.internal.idx;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.altmin.core.data.ByteTable;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.format.IdxFile;
import org.altmin.datasets.internal.download.Download;
import org.altmin.datasets.internal.location.CacheFolder;
import org.altmin.datasets.internal.location.DataFolder;
import org.altmin.linalg.AltminException;

/** Reads a {@link PublishedSet} from the user's folder, the cache, or, on request, the net. */
public final class PublishedSetReader {

    private static final double WHITE = 255;

    private final PublishedSet set;
    private final DataFolder dataFolder;

    public PublishedSetReader(PublishedSet set) {
        this.set = set;
        String names = set.files().stream().map(PublishedFile::name).collect(Collectors.joining(", "));
        dataFolder = new DataFolder(set.name(), set.folders(), "the files " + names + " (plain or .gz)",
                "leave data-dir out and set download=true to fetch them");
    }

    public List<Setting> settings() {
        return List.of(dataFolder.setting(),
                new Setting("download", "false", "true to fetch what is neither in data-dir nor in the cache ("
                        + set.packedSize() + ")"),
                CacheFolder.setting(),
                new Setting("mirror", set.mirror(), "URL of the folder to download from"));
    }

    public Dataset read(Settings settings) {
        boolean given = DataFolder.isGiven(settings);
        boolean download = settings.flag("download");
        Path folder = given
                ? dataFolder.find(settings, this::isIn)
                : CacheFolder.of(settings).resolve(set.name());
        if (!given && download) {
            download(settings, folder);
        }
        List<IdxFile> files = new ArrayList<>();
        for (PublishedFile file : set.files()) {
            files.add(IdxFile.read(file.in(folder).orElseThrow(() -> given
                    ? new AltminException("There is no " + file.name() + " (plain or .gz) in "
                            + folder.toAbsolutePath() + ", which holds others of the dataset '" + set.name()
                            + "'; put all four files there.")
                    : absent(settings, folder)), file.dimensions()));
        }
        Samples train = samples(files.get(0), files.get(1));
        Samples test = samples(files.get(2), files.get(3));
        if (train.features().features() != test.features().features()) {
            throw new AltminException("The training images have " + shape(files.get(0))
                    + " pixels, but the test images " + shape(files.get(2)) + "; take the files in "
                    + folder.toAbsolutePath() + " from one source.");
        }
        return new Dataset(set.name(), train, test, Preprocessing.scale(WHITE), origin(folder, files, given));
    }

    private boolean isIn(Path folder) {
        return set.files().stream().anyMatch(file -> file.in(folder).isPresent());
    }

    private void download(Settings settings, Path folder) {
        List<PublishedFile> missing = set.files().stream().filter(file -> file.in(folder).isEmpty()).toList();
        if (missing.isEmpty()) {
            return;
        }
        Download download = new Download();
        String mirror = settings.text("mirror").strip().replaceFirst("/*$", "/");
        for (PublishedFile file : missing) {
            download.fetch(uri(settings, mirror + file.packedName()), folder.resolve(file.packedName()),
                    file.sha256());
        }
    }

    private static URI uri(Settings settings, String text) {
        try {
            URI uri = URI.create(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw settings.invalid("mirror", "a URL that begins with http:// or https://");
        }
        throw settings.invalid("mirror", "a URL that begins with http:// or https://");
    }

    private AltminException absent(Settings settings, Path folder) {
        return new AltminException("The dataset '" + set.name() + "' is not on this machine: set data-dir=FOLDER to "
                + "where its four files are, or put them into " + folder + ", or set download=true to fetch them ("
                + set.packedSize() + ") from " + settings.text("mirror") + ".");
    }

    private Samples samples(IdxFile images, IdxFile labels) {
        if (images.count() != labels.count()) {
            throw new AltminException(images.file() + " holds " + images.count() + " images, but " + labels.file()
                    + " holds " + labels.count() + " labels; take both from one source.");
        }
        int[] values = new int[labels.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = labels.values()[i] & 0xFF;
            if (values[i] >= set.classes().size()) {
                throw new AltminException(labels.file() + " has the label " + values[i] + " at position " + i
                        + ", beyond the last class " + (set.classes().size() - 1)
                        + "; check that it holds the labels of this dataset.");
            }
        }
        return new Samples(new ByteTable(images.values(), images.valuesEach()),
                new Targets.Labels(values, set.classes()));
    }

    private static String shape(IdxFile images) {
        return Arrays.stream(images.dimensions()).skip(1).mapToObj(Integer::toString)
                .collect(Collectors.joining(" x "));
    }

    private String origin(Path folder, List<IdxFile> files, boolean given) {
        List<String> different = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            IdxFile file = files.get(i);
            if (!file.sha256().equals(set.files().get(i).sha256())) {
                refuseOtherSet(file);
                different.add(file.file().getFileName() + " (sha256 of the unpacked content " + file.sha256() + ")");
            }
        }
        if (different.isEmpty()) {
            return "the published files, verified by sha256, in " + folder.toAbsolutePath();
        }
        if (!given) {
            throw new AltminException("The cache holds damaged files, " + String.join(" and ", different) + ", in "
                    + folder.toAbsolutePath() + "; delete them and download again.");
        }
        return "files in " + folder.toAbsolutePath() + ", of which these differ from the published ones: "
                + String.join(", ", different);
    }

    private void refuseOtherSet(IdxFile file) {
        for (PublishedSet other : PublishedSet.ALL) {
            if (!other.name().equals(set.name()) && other.publishes(file.sha256())) {
                throw new AltminException(file.file() + " is a file of the dataset '" + other.name() + "', not of '"
                        + set.name() + "'; set data-dir to the folder of the latter.");
            }
        }
    }
}
