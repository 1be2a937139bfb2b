package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.dataflow.Dataflow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that {@code --out} names. */
class RemoteOutputTest {
    private static final String SAS = "sv=2022-11-02&sr=c&sp=w&se=2099-01-01T00%3A00%3A00Z&sig=c2VjcmV0";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    /** What was sent, by the word after {@code comp=}. */
    private final Map<String, String> sent = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/account/out/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            String kind = query.replaceAll(".*comp=([a-z]+).*", "$1");
            sent.put(kind, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(201, -1);
        }
    }

    private String url(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/account/out/" + name;
    }

    private String plan() throws IOException {
        Files.writeString(directory.resolve("a.csv"), "id,name\n1,crow\n2,\n");
        return Files.writeString(
                        directory.resolve("plan.json"),
                        Dataflow.readCsv("a.csv").toJson())
                .toString();
    }

    @Test
    void runWritesABlobInTheFormatThatItsNameEndsWith() throws IOException {
        Ran ran = Ran.millrace("run", plan(), "--out", url("a.tsv") + "?" + SAS);

        assertThat(ran).isEqualTo(new Ran(0, url("a.tsv") + "  2 rows\n", ""));
        assertThat(sent).containsEntry("block", "id\tname\n1\tcrow\n2\t\n").containsKey("blocklist");
    }

    @Test
    void aSignatureThatCannotWriteEndsTheCommandBeforeAnythingIsSent() throws IOException {
        Ran ran = Ran.millrace("run", plan(), "--out", url("a.csv") + "?" + SAS.replace("sp=w", "sp=r"));

        assertThat(ran).isEqualTo(new Ran(4, "", """
                SAS_NOT_USABLE: Cannot write %s: the SAS does not grant permission to write ('w' in 'sp')
                  Issue a new SAS with write permission and pass it with --credential account-out=ENVIRONMENT_VARIABLE, or with engine.credential("account-out", token)
                """.formatted(url("a.csv"))));
        assertThat(sent).isEmpty();
    }

    @Test
    void predictWritesABlob() throws IOException {
        StringBuilder csv = new StringBuilder("size,sold\n");
        for (int row = 0; row < 40; row++) {
            csv.append(row).append(row % 3 == 0 ? ",yes\n" : ",no\n");
        }
        String sales = Files.writeString(directory.resolve("sales.csv"), csv).toString();
        String out = directory.resolve("model").toString();
        Ran.millrace("automl", sales, "--target", "sold", "--trials", "1", "--folds", "2", "--out", out);

        Ran ran = Ran.millrace("predict", out + "/model.millrace", sales, "--out", url("p.csv") + "?" + SAS);

        assertThat(ran).isEqualTo(new Ran(0, url("p.csv") + "  40 rows\n", ""));
        assertThat(sent.getOrDefault("block", "").lines())
                .hasSize(41)
                .first()
                .isEqualTo("prediction,probability_no,probability_yes");
    }
}
