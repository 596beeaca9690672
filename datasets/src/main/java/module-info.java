/** Dataset readers and generators. */
module org.altmin.datasets {
    requires transitive org.altmin.core;
    requires java.net.http;

    exports org.altmin.datasets;
    exports org.altmin.datasets.format;

    provides org.altmin.core.data.DatasetReader with
            org.altmin.datasets.Cifar10Reader,
            org.altmin.datasets.CsvReader,
            org.altmin.datasets.EarthquakeReader,
            org.altmin.datasets.FashionMnistReader,
            org.altmin.datasets.GlyphsReader,
            org.altmin.datasets.L1RadialReader,
            org.altmin.datasets.L2RadialReader,
            org.altmin.datasets.MnistReader,
            org.altmin.datasets.ProductReader,
            org.altmin.datasets.PtbEcgReader,
            org.altmin.datasets.SquareReader,
            org.altmin.datasets.YaleBReader;
}
