package org.altmin.linalg.cuda.internal;

/** Indented lines of CUDA C. */
final class Source {

    private static final String STEP = "    ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    Source line(String line) {
        text.append(STEP.repeat(depth)).append(line).append('\n');
        return this;
    }

    /** A preprocessor line, which is not indented. */
    Source directive(String line) {
        text.append(line).append('\n');
        return this;
    }

    Source open(String line) {
        line(line + " {");
        depth++;
        return this;
    }

    Source close() {
        return close("");
    }

    Source close(String after) {
        depth--;
        return line("}" + after);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
