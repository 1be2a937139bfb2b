package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources on a server, which answers as its paths say. No signature is ever shown or written. */
class RemoteInputTest {
    private static final String SECRET = "c2VjcmV0LXNpZ25hdHVyZQ";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/data/people.csv", 200, "id,name\n1,Ann\n2,Bob\n");
        answer("/account/raw/absent.csv", 404, "");
        answer("/account/raw/private.csv", 403, "");
        answer("/account/raw/people.csv", 200, "id,name\n1,Ann\n2,Bob\n");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aPageIsReadAsAFileIs() {
        assertThat(Ran.millrace("head", address("/data/people.csv")))
                .isEqualTo(new Ran(0, "   id  name\nint64  text\n    1  Ann\n    2  Bob\n", ""));
    }

    @Test
    void aPageThatIsNotThereIsNotFound() {
        Ran ran = Ran.millrace("head", address("/nothing.csv"));

        assertThat(shown(ran.err())).isEqualTo("""
                        SOURCE_NOT_FOUND: Cannot read http://127.0.0.1:PORT/nothing.csv: it does not exist
                          The server answered 404
                        """);
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void aBlobThatIsNotThereIsNotFound() {
        Ran ran = Ran.millrace("head", signed("/account/raw/absent.csv"));

        assertThat(shown(ran.err())).isEqualTo("""
                        SOURCE_NOT_FOUND: Cannot read http://127.0.0.1:PORT/account/raw/absent.csv: it does not exist
                          The server answered 404
                        """);
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void aBlobThatIsRefusedSaysWhichCredentialWasUsed() {
        Ran ran = Ran.millrace("head", signed("/account/raw/private.csv"));

        assertThat(shown(ran.err())).isEqualTo("""
                        SOURCE_FORBIDDEN: Cannot read http://127.0.0.1:PORT/account/raw/private.csv: the server answered 403
                          The credential is not allowed to
                          Issue a new SAS with read permission and pass it with --credential account-raw=ENVIRONMENT_VARIABLE, or with engine.credential("account-raw", token)
                        """);
        assertThat(ran.code()).isEqualTo(4);
    }

    @Test
    void aServerThatDoesNotAnswerIsUnreachable() {
        int port = server.getAddress().getPort();
        server.stop(0);

        Ran ran = Ran.millrace("head", "http://127.0.0.1:" + port + "/data/people.csv");

        assertThat(ran.err())
                .startsWith("SOURCE_UNREACHABLE: Cannot read http://127.0.0.1:" + port + "/data/people.csv");
        assertThat(ran.code()).isEqualTo(4);
    }

    @Test
    void noSignatureIsPrintedOrWritten() throws IOException {
        Path out = directory.resolve("model");
        StringBuilder csv = new StringBuilder("size,sold\n");
        for (int row = 0; row < 40; row++) {
            csv.append(row).append(row % 3 == 0 ? ",yes\n" : ",no\n");
        }
        answer("/account/raw/sales.csv", 200, csv.toString());
        String source = signed("/account/raw/sales.csv");

        List<Ran> all = List.of(
                Ran.millrace("head", source, "--json"),
                Ran.millrace("schema", source),
                Ran.millrace("automl", source, "--target", "sold", "--trials", "1", "--folds", "2", "--out", out + ""),
                Ran.millrace("automl", source, "--target", "slod", "--out", directory.resolve("other") + ""),
                Ran.millrace(
                        "predict", out.resolve("model.millrace") + "", source, "--out", directory.resolve("p") + ""),
                Ran.millrace("head", source, source));

        assertThat(all.stream().map(Ran::code)).containsExactly(0, 0, 0, 2, 0, 2);
        assertThat(all).allSatisfy(ran -> assertThat(ran.out() + ran.err()).doesNotContain(SECRET, "sig="));
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).hasSizeGreaterThan(4).allSatisfy(file -> assertThat(
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(SECRET, "sig="));
        }
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("ETag", "\"1\"");
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                if (bytes.length > 0) {
                    exchange.getResponseBody().write(bytes);
                }
            }
        });
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private String signed(String path) {
        String expiry = Instant.now()
                .plus(1, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        return address(path) + "?sv=2022-11-02&sr=c&sp=rl&se=" + expiry.replace(":", "%3A") + "&sig=" + SECRET;
    }

    private String shown(String text) {
        return text.replace(":" + server.getAddress().getPort(), ":PORT");
    }
}
