package org.altmin.datasets.internal.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.altmin.core.data.Dataset;
import org.altmin.datasets.format.IdxBytes;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

    private static final String FIRST = "train-images-idx3-ubyte.gz";
    private static final int BROKEN_AFTER = 20;

    @TempDir
    private Path folder;

    private final Map<String, byte[]> files = MadeSet.packed();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private volatile boolean breaksOff;
    private volatile boolean ignoresRanges;
    private volatile int failure;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/made/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void downloadsOnceThenReadsTheCache() {
        Dataset dataset = read(true);
        assertThat(dataset.train().size()).isEqualTo(4);
        assertThat(dataset.origin()).startsWith("the published files, verified by sha256, in "
                + cached("").toAbsolutePath());
        assertThat(requests).hasSize(4).allMatch(request -> request.endsWith("from the start"));
        assertThat(cached("").toFile().list()).containsExactlyInAnyOrderElementsOf(files.keySet());
        read(true);
        read(false);
        assertThat(requests).hasSize(4);
    }

    @Test
    void downloadsNothingUnasked() {
        assertThatThrownBy(() -> read(false)).isInstanceOf(AltminException.class)
                .hasMessageContaining("set download=true");
        assertThat(requests).isEmpty();
    }

    @Test
    void goesOnWhereItBrokeOff() throws IOException {
        breaksOff = true;
        assertThatThrownBy(() -> read(true)).isInstanceOf(AltminException.class)
                .hasMessageContaining("broke off after " + BROKEN_AFTER + " bytes, which are kept");
        assertThat(Files.size(cached(FIRST + ".part"))).isEqualTo(BROKEN_AFTER);
        assertThat(cached(FIRST)).doesNotExist();
        breaksOff = false;
        assertThat(read(true).train().size()).isEqualTo(4);
        assertThat(requests.get(1)).isEqualTo(FIRST + " bytes=" + BROKEN_AFTER + "-");
        assertThat(cached(FIRST)).hasBinaryContent(files.get(FIRST));
        assertThat(cached(FIRST + ".part")).doesNotExist();
    }

    @Test
    void startsAgainWhereTheServerIgnoresRanges() throws IOException {
        part(Arrays.copyOf(files.get(FIRST), 5));
        ignoresRanges = true;
        assertThat(read(true).train().size()).isEqualTo(4);
        assertThat(requests.get(0)).isEqualTo(FIRST + " bytes=5-");
    }

    @Test
    void acceptsAPartThatIsAlreadyComplete() throws IOException {
        part(files.get(FIRST));
        assertThat(read(true).train().size()).isEqualTo(4);
        assertThat(requests.get(0)).isEqualTo(FIRST + " bytes=" + files.get(FIRST).length + "-");
        assertThat(requests).hasSize(4);
    }

    @Test
    void startsAgainAfterAPartOfAnotherFile() throws IOException {
        part(new byte[] {1, 2, 3});
        assertThat(read(true).train().size()).isEqualTo(4);
        assertThat(requests.subList(0, 2)).containsExactly(FIRST + " bytes=3-", FIRST + " from the start");
    }

    @Test
    void keepsNothingOfAnotherContent() {
        files.put(FIRST, IdxBytes.gzip(IdxBytes.images(4, 3, 2, 1)));
        assertThatThrownBy(() -> read(true)).isInstanceOf(AltminException.class)
                .hasMessageContaining(FIRST + " is not the expected file: its unpacked content has the sha256 ");
        assertThat(cached("")).isEmptyDirectory();
    }

    @Test
    void keepsNothingThatCannotBeUnpacked() {
        files.put(FIRST, "<html>Sign in</html>".getBytes());
        assertThatThrownBy(() -> read(true)).isInstanceOf(AltminException.class)
                .hasMessageContaining("it cannot be unpacked: Not in GZIP format");
        assertThat(cached("")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500, 503})
    void namesTheServersStatus(int status) {
        failure = status;
        assertThatThrownBy(() -> read(true)).isInstanceOf(AltminException.class)
                .hasMessageContaining(FIRST + " cannot be downloaded: the server answers with status " + status);
        assertThat(cached(FIRST)).doesNotExist();
    }

    @Test
    void saysThatAServerCannotBeReached() {
        server.stop(0);
        assertThatThrownBy(() -> read(true)).isInstanceOf(AltminException.class)
                .hasMessageContaining(FIRST + " cannot be reached").hasMessageContaining("check the network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///data", "mirror", "http://", "http://a b/"})
    void refusesAMirrorThatIsNoWebAddress(String mirror) {
        assertThatThrownBy(() -> MadeSet.read(Map.of("download", "true", "cache-dir", folder.toString(), "mirror",
                mirror))).isInstanceOf(AltminException.class).hasMessageContaining("'mirror'");
    }

    @Test
    void saysThatTheCacheCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> MadeSet.read(Map.of("download", "true", "cache-dir", file.toString(), "mirror",
                mirror()))).isInstanceOf(AltminException.class).hasMessageContaining("cannot be written");
    }

    private Dataset read(boolean download) {
        return MadeSet.read(Map.of("download", Boolean.toString(download), "cache-dir", folder.toString(), "mirror",
                mirror()));
    }

    private String mirror() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/made";
    }

    private Path cached(String name) {
        return folder.resolve("made").resolve(name);
    }

    private void part(byte[] content) throws IOException {
        Files.createDirectories(cached(""));
        Files.write(cached(FIRST + ".part"), content);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/made/".length());
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(name + " " + (range == null ? "from the start" : range));
        byte[] content = files.get(name);
        try (exchange) {
            if (failure != 0) {
                exchange.sendResponseHeaders(failure, -1);
                return;
            }
            int from = range == null || ignoresRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (from >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (from > 0) {
                exchange.getResponseHeaders().set("Content-Range",
                        "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
            exchange.getResponseBody().write(content, from, breaksOff ? BROKEN_AFTER : content.length - from);
            exchange.getResponseBody().flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
