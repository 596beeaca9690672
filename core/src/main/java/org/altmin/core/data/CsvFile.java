package org.altmin.core.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.AltminException;

/**
 * The records of a comma-separated file, one after the other (RFC 4180, UTF-8): fields may be quoted, quoted ones may
 * hold separators, line breaks and doubled quotes. Blank lines are skipped.
 */
public final class CsvFile implements AutoCloseable {

    private static final int BYTE_ORDER_MARK = '\uFEFF';
    private static final int END = -1;
    private static final String UNUSABLE = "\"\n\r";

    private final Path file;
    private final char separator;
    private final Reader in;
    private final char[] buffer = new char[1 << 14];
    private final StringBuilder field = new StringBuilder();
    private int position;
    private int limit;
    private int nextLine = 1;
    private int line;

    private CsvFile(Path file, char separator, Reader in) {
        this.file = file;
        this.separator = separator;
        this.in = in;
    }

    /**
     * What a user asks for to separate fields: one character, or {@code tab}.
     *
     * @throws AltminException if it is neither, or a quote or a line break
     */
    public static char separator(String text) {
        if (text.equals("tab")) {
            return '\t';
        } else if (text.length() != 1 || UNUSABLE.contains(text)) {
            throw new AltminException("The separator of a CSV file must be one character, other than a quote or a line "
                    + "break, or tab, not '" + text + "'.");
        }
        return text.charAt(0);
    }

    /** @throws AltminException if the file is missing or cannot be read */
    public static CsvFile open(Path file, char separator) {
        if (Files.isDirectory(file)) {
            throw new AltminException("'" + file + "' is a folder; name the CSV file in it.");
        }
        try {
            Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
            CsvFile csv = new CsvFile(file, separator, reader);
            csv.accept(BYTE_ORDER_MARK);
            return csv;
        } catch (NoSuchFileException e) {
            throw new AltminException("There is no file " + file + ".", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    public Path file() {
        return file;
    }

    /** The line on which the last record began, from 1. */
    public int line() {
        return line;
    }

    /**
     * The fields of the next record; empty after the last one.
     *
     * @throws AltminException if a quote is not closed, text follows a closed quote, or the file cannot be read
     */
    public List<String> next() {
        try {
            while (true) {
                line = nextLine;
                int first = peek();
                if (first == END) {
                    return List.of();
                }
                List<String> fields = record();
                if (fields.size() > 1 || !fields.get(0).isBlank()) {
                    return fields;
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private List<String> record() throws IOException {
        List<String> fields = new ArrayList<>();
        while (true) {
            field.setLength(0);
            if (accept('"')) {
                readQuoted();
            } else {
                readPlain();
            }
            fields.add(field.toString());
            if (accept(separator)) {
                continue;
            }
            if (peek() != END && !acceptLineBreak()) {
                throw new AltminException(file + ", line " + nextLine + ": text follows the closing quote of field "
                        + fields.size() + "; double the quotes within a quoted field.");
            }
            return fields;
        }
    }

    private void readPlain() throws IOException {
        int c = peek();
        while (c != END && c != separator && c != '\n' && c != '\r') {
            field.append((char) read());
            c = peek();
        }
    }

    private void readQuoted() throws IOException {
        int start = nextLine;
        while (true) {
            if (acceptLineBreak()) {
                field.append('\n');
                continue;
            }
            int c = read();
            if (c == END) {
                throw new AltminException(file + ", line " + start + ": a quoted field is not closed; add the quote.");
            }
            if (c == '"' && !accept('"')) {
                return;
            }
            field.append((char) c);
        }
    }

    private boolean acceptLineBreak() throws IOException {
        boolean carriageReturn = accept('\r');
        boolean lineFeed = accept('\n');
        if (carriageReturn || lineFeed) {
            nextLine++;
        }
        return carriageReturn || lineFeed;
    }

    private boolean accept(int wanted) throws IOException {
        boolean there = peek() == wanted;
        position += there ? 1 : 0;
        return there;
    }

    private int read() throws IOException {
        int c = peek();
        position += c == END ? 0 : 1;
        return c;
    }

    private int peek() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return limit == 0 ? END : buffer[position];
    }

    private static AltminException unreadable(Path file, IOException cause) {
        return cause instanceof CharacterCodingException
                ? new AltminException(file + " is not text in UTF-8; save it in that encoding.", cause)
                : new AltminException(file + " cannot be read (" + cause.getMessage() + "); check the file and its "
                        + "permissions.", cause);
    }
}
