/**
 * Contract tests for every altmin SPI: extend the one for yours and run it with JUnit.
 *
 * <p>{@link org.altmin.testkit} has the contracts, {@link org.altmin.testkit.reference} what they compare with.
 */
module org.altmin.testkit {
    requires transitive org.altmin.core;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires org.assertj.core;

    exports org.altmin.testkit;
    exports org.altmin.testkit.reference;

    opens org.altmin.testkit to org.junit.platform.commons;
}
