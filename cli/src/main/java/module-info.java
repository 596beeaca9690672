/** The command altmin. */
module org.altmin.cli {
    requires org.altmin.core;
    requires info.picocli;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires java.desktop;

    opens org.altmin.cli to info.picocli;
    opens org.altmin.cli.reproduce to com.fasterxml.jackson.databind;
}
