/** The command altmin. */
module org.altmin.cli {
    requires org.altmin.core;
    requires info.picocli;
}
