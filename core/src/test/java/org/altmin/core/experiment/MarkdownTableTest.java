package org.altmin.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkdownTableTest {

    @Test
    void isAlignedWithNumbersToTheRight() {
        MarkdownTable table = new MarkdownTable("solver", "accuracy").row("adam", "0.9").row("online-altmin", "–");
        assertThat(table).hasToString("""
                | solver        | accuracy |
                | ------------- | -------: |
                | adam          |      0.9 |
                | online-altmin |        – |
                """);
    }

    @Test
    void entriesCannotBreakIt() {
        assertThat(new MarkdownTable("a").row("x | y\nz")).hasToString("""
                | a        |
                | -------- |
                | x \\| y z |
                """);
        assertThatThrownBy(() -> new MarkdownTable("a", "b").row("x")).isInstanceOf(IllegalArgumentException.class);
    }
}
