package org.altmin.datasets.internal.idx;

import java.util.List;

/**
 * A published dataset of four IDX files.
 *
 * @param folders usual names of the folder that holds the files
 * @param mirror URL below which the packed files lie
 * @param packedSize of the four packed files, for messages
 * @param classes names of the labels 0 … K − 1
 */
public record PublishedSet(String name, List<String> folders, String mirror, String packedSize, List<String> classes,
        PublishedFile trainImages, PublishedFile trainLabels, PublishedFile testImages, PublishedFile testLabels) {

    public static final PublishedSet MNIST = new PublishedSet("mnist",
            List.of("mnist", "MNIST", "MNIST/raw", "mnist/raw", "raw"),
            "https://ossci-datasets.s3.amazonaws.com/mnist/", "11 MB",
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
            images("train", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            labels("train", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            images("t10k", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            labels("t10k", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    public static final PublishedSet FASHION_MNIST = new PublishedSet("fashion-mnist",
            List.of("fashion-mnist", "fashion_mnist", "fashion", "FashionMNIST", "FashionMNIST/raw",
                    "fashion-mnist/raw", "data/fashion", "raw"),
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", "30 MB",
            List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
                    "Ankle boot"),
            images("train", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            labels("train", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            images("t10k", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            labels("t10k", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

    static final List<PublishedSet> ALL = List.of(MNIST, FASHION_MNIST);

    public PublishedSet {
        folders = List.copyOf(folders);
        classes = List.copyOf(classes);
    }

    public List<PublishedFile> files() {
        return List.of(trainImages, trainLabels, testImages, testLabels);
    }

    boolean publishes(String sha256) {
        return files().stream().anyMatch(file -> file.sha256().equals(sha256));
    }

    private static PublishedFile images(String part, String sha256) {
        return new PublishedFile(part + "-images-idx3-ubyte", 3, sha256);
    }

    private static PublishedFile labels(String part, String sha256) {
        return new PublishedFile(part + "-labels-idx1-ubyte", 1, sha256);
    }
}
