/** Dataset readers and generators. */
module org.altmin.datasets {
    requires transitive org.altmin.core;
    requires java.net.http;

    exports org.altmin.datasets;
    exports org.altmin.datasets.format;

    provides org.altmin.core.data.DatasetReader with
            org.altmin.datasets.FashionMnistReader,
            org.altmin.datasets.GlyphsReader,
            org.altmin.datasets.MnistReader;
}
