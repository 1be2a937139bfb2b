package io.millrace.dataflow.source;

import static io.millrace.dataflow.source.StubServer.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of a server, and what a server that fails leads to. */
class BlobUploadTest {
    private static final String SAS = "sv=2021-12-02&sr=c&sp=w&se=2099-01-01T00%3A00%3A00Z&sig=c2VjcmV0";
    private static final Pattern ID = Pattern.compile("<Latest>([^<]+)</Latest>");

    private final StubServer server = StubServer.start();
    private final Map<String, byte[]> blocks = new ConcurrentHashMap<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile byte @Nullable [] blob;

    private final SourceAccess access = SourceAccess.with(
            Credentials.none(),
            new RemoteSettings(
                    Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC),
                    (time, checkpoint) -> checkpoint.check(),
                    64,
                    32,
                    100,
                    3,
                    Duration.ofSeconds(30)));

    @AfterEach
    void stop() {
        server.close();
    }

    private String url() {
        return server.url("/devstoreaccount1/raw/a.csv");
    }

    private BlobUpload open(Existing existing) {
        return access.upload(Source.of(url() + "?" + SAS), existing, Cancellation.create());
    }

    /** Keeps blocks, and makes the blob of those that are named. */
    private void answer(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String query = exchange.getRequestURI().getQuery();
            if (query.contains("comp=blocklist")) {
                blob = joined(new String(body, UTF_8));
            } else {
                blocks.put(query.substring(query.indexOf("blockid=") + 8), body);
            }
        } finally {
            now.decrementAndGet();
        }
        exchange.sendResponseHeaders(201, -1);
        exchange.close();
    }

    private byte[] joined(String list) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (Matcher id = ID.matcher(list); id.find(); ) {
            whole.writeBytes(blocks.getOrDefault(id.group(1), new byte[0]));
        }
        return whole.toByteArray();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static void write(BlobUpload upload, byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += 37) {
            upload.stream().write(bytes, at, Math.min(37, bytes.length - at));
        }
        upload.stream().close();
    }

    @Test
    void bytesGoInBlocksOfWhichFewAreUnderWayAtATime() throws IOException {
        server.always(this::answer);
        byte[] bytes = bytes(2_050);
        try (BlobUpload upload = open(Existing.REPLACE)) {
            write(upload, bytes);
            assertThat(blob).isNull();
            upload.commit();
        }

        assertThat(blob).isEqualTo(bytes);
        assertThat(blocks).hasSize(21);
        assertThat(most).hasValueBetween(1, 3);
        assertThat(server.requests()).hasSize(22).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.query()).startsWith(SAS + "&comp=block");
        });
    }

    @Test
    void whatIsNotCommittedNeverIs() throws IOException {
        server.always(this::answer);
        try (BlobUpload upload = open(Existing.REPLACE)) {
            write(upload, bytes(500));
        }

        assertThat(blocks).hasSize(5);
        assertThat(blob).isNull();
    }

    @Test
    void requestsThatFailInPassingAreSentAgain() throws IOException {
        server.first(status(503), status(500), this::answer, status(503)).always(this::answer);
        byte[] bytes = bytes(90);
        try (BlobUpload upload = open(Existing.REPLACE)) {
            write(upload, bytes);
            upload.commit();
        }

        assertThat(blob).isEqualTo(bytes);
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void aServerThatKeepsFailingIsSaidToOnce() {
        server.always(status(503, "x-ms-error-code", "ServerBusy"));
        try (BlobUpload upload = open(Existing.REPLACE)) {
            assertThatThrownBy(() -> write(upload, bytes(90)))
                    .isInstanceOf(DataflowException.class)
                    .hasMessage("SOURCE_UNREACHABLE: Cannot write " + url()
                            + ": the server answered 503 ServerBusy\n  Tried 6 times");
            assertThat(server.requests()).hasSize(6);
            assertThat(upload.stream()).satisfies(stream -> stream.close());
        }

        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void aCommitWhoseAnswerWasLostIsKnownByItsBlocks() throws IOException {
        server.first(
                status(404), this::answer, lost(), status(409, "x-ms-error-code", "BlobAlreadyExists"), exchange -> {
                    byte[] list =
                            ("<Block><Name>" + blocks.keySet().iterator().next() + "</Name></Block>").getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, list.length);
                    exchange.getResponseBody().write(list);
                    exchange.close();
                });
        byte[] bytes = bytes(90);
        try (BlobUpload upload = open(Existing.KEEP)) {
            write(upload, bytes);
            upload.commit();
        }

        assertThat(blob).isEqualTo(bytes);
        assertThat(server.requests())
                .extracting(StubServer.Request::method)
                .containsExactly("HEAD", "PUT", "PUT", "PUT", "GET");
    }

    @Test
    void aBlobThatSomebodyElseMadeMeanwhileIsKept() throws IOException {
        server.first(
                status(404),
                this::answer,
                status(500),
                status(409, "x-ms-error-code", "BlobAlreadyExists"),
                status(403));
        try (BlobUpload upload = open(Existing.KEEP)) {
            write(upload, bytes(90));
            assertThatThrownBy(upload::commit)
                    .hasMessage("OUTPUT_EXISTS: Cannot write " + url()
                            + ": it exists already\n  The server answered 409 BlobAlreadyExists\n"
                            + "  Write under another name, or let it be replaced");
        }
    }

    /** Makes the blob, and says that it failed. */
    private StubServer.Answer lost() {
        return exchange -> {
            blob = joined(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        };
    }

    @Test
    void refusalsSayWhatIsInTheWay() throws IOException {
        for (List<String> refusal : List.of(
                List.of("400", "InvalidBlockList", """
                        SOURCE_CHANGED: Cannot write %s: something else wrote to it meanwhile
                          The server answered 400 InvalidBlockList
                          Run it again when nothing else writes to it"""),
                List.of("409", "InvalidBlobType", """
                        INVALID_ARGUMENT: Cannot write %s: there is an append or page blob of that name
                          Write under another name"""),
                List.of("412", "LeaseIdMissing", """
                        SOURCE_FORBIDDEN: Cannot write %s: the server answered 412 LeaseIdMissing
                          Somebody holds a lease on the blob: end it, or write under another name"""),
                List.of("409", "BlobImmutableDueToPolicy", """
                        SOURCE_FORBIDDEN: Cannot write %s: the server answered 409 BlobImmutableDueToPolicy
                          A policy keeps the blob as it is: write under another name"""))) {
            server.first(this::answer, status(Integer.parseInt(refusal.get(0)), "x-ms-error-code", refusal.get(1)));
            try (BlobUpload upload = open(Existing.REPLACE)) {
                write(upload, bytes(90));
                assertThatThrownBy(upload::commit).hasMessage(refusal.get(2).formatted(url()));
            }
        }
    }

    @Test
    void aSignatureThatCannotWriteIsNotSent() {
        String readable = url() + "?" + SAS.replace("sp=w", "sp=rl");

        assertThatThrownBy(() -> access.upload(Source.of(readable), Existing.REPLACE, Cancellation.create()))
                .hasMessage("SAS_NOT_USABLE: Cannot write " + url()
                        + ": the SAS does not grant permission to write ('w' in 'sp')\n"
                        + "  Issue a new SAS with write permission and pass it with --credential"
                        + " devstoreaccount1-raw=ENVIRONMENT_VARIABLE, or with"
                        + " engine.credential(\"devstoreaccount1-raw\", token)");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void cancellingStopsTheNextBlock() throws IOException {
        server.always(this::answer);
        Cancellation cancellation = Cancellation.create();
        try (BlobUpload upload = access.upload(Source.of(url() + "?" + SAS), Existing.REPLACE, cancellation)) {
            upload.stream().write(bytes(50));
            cancellation.cancel("the test said so");
            assertThatThrownBy(() -> upload.stream().close()).hasMessage("CANCELLED: Cannot go on: the test said so");
            assertThatThrownBy(upload::commit).hasMessage("CANCELLED: Cannot go on: the test said so");
        }

        assertThat(blob).isNull();
    }
}
