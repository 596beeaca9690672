/** Contract tests for every altmin SPI: extend the one for yours and run it with JUnit. */
module org.altmin.testkit {
    requires transitive org.altmin.core;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires org.assertj.core;
}
