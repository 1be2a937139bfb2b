package io.millrace.dataflow.source;

import static io.millrace.dataflow.source.StubServer.chunked;
import static io.millrace.dataflow.source.StubServer.content;
import static io.millrace.dataflow.source.StubServer.cut;
import static io.millrace.dataflow.source.StubServer.status;
import static io.millrace.dataflow.source.StubServer.unversioned;
import static io.millrace.dataflow.source.StubServer.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteFilesTest {
    private static final Instant TODAY = Instant.parse("2026-06-01T12:00:00Z");
    private static final String ETAG = "\"0x8DC\"";

    private final StubServer server = StubServer.start();
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final SourceAccess access = access(Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSmallFileTakesOneRequest() throws IOException {
        byte[] bytes = bytes(40);
        server.always(content(bytes, ETAG));
        SourceFile file = open();
        assertThat(file.length()).isEqualTo(40);
        assertThat(file.version()).isEqualTo("etag=" + ETAG);
        assertThat(read(file, 0, 40)).isEqualTo(bytes);
        assertThat(server.ranges()).containsExactly("bytes=0-63");
    }

    @Test
    void aLargeFileIsReadInBlocksThatGrowAndArePinned() throws IOException {
        byte[] bytes = bytes(1000);
        server.always(content(bytes, ETAG));
        assertThat(read(open(), 0, 1000)).isEqualTo(bytes);
        assertThat(server.ranges())
                .containsExactlyInAnyOrder(
                        "bytes=0-63",
                        "bytes=64-95",
                        "bytes=96-159",
                        "bytes=160-287",
                        "bytes=288-415",
                        "bytes=416-543",
                        "bytes=544-671",
                        "bytes=672-799",
                        "bytes=800-927",
                        "bytes=928-999");
        assertThat(server.requests().get(0).ifMatch()).isNull();
        assertThat(server.requests().subList(1, 10))
                .allSatisfy(request -> assertThat(request.ifMatch()).isEqualTo(ETAG));
    }

    @Test
    void everyPartIsThatPartOfTheWhole() throws IOException {
        byte[] bytes = bytes(300);
        server.always(content(bytes, ETAG));
        SourceFile file = open();
        for (int from : new int[] {0, 1, 63, 64, 65, 128, 299, 300, 400}) {
            for (int length : new int[] {0, 1, 63, 64, 65, 200, 1000}) {
                int start = Math.min(from, 300);
                int end = Math.min(300, start + length);
                byte[] expected = Arrays.copyOfRange(bytes, start, end);
                assertThat(read(file, from, length)).as("%d+%d", from, length).isEqualTo(expected);
            }
        }
    }

    @Test
    void whoReadsOnlyTheBeginningFetchesNoMore() throws IOException {
        server.always(content(bytes(1000), ETAG));
        try (InputStream stream = access.read(open(), 0, 1000, Cancellation.create())) {
            assertThat(stream.readNBytes(64)).hasSize(64);
        }
        assertThat(server.ranges()).containsExactly("bytes=0-63");
    }

    @Test
    void aBodyThatIsCutIsAskedForAgainPinnedToTheSameContent() throws IOException {
        byte[] bytes = bytes(96);
        server.first(cut(bytes, ETAG, 10), content(bytes, ETAG), cut(bytes, ETAG, 5))
                .always(content(bytes, ETAG));
        assertThat(read(open(), 0, 96)).isEqualTo(bytes);
        assertThat(server.requests()).hasSize(4);
        // A connection that dies before its header is read is asked again by the JDK's client itself, not yet pinned.
        assertThat(server.requests().stream().dropWhile(request -> request.ifMatch() == null))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(request -> assertThat(request.ifMatch()).isEqualTo(ETAG));
        assertThat(pauses).hasSizeBetween(1, 2);
    }

    @Test
    void aBodyThatIsCutGoesOnAtTheFirstMissingByte() throws IOException {
        byte[] bytes = bytes(300);
        CountDownLatch read = new CountDownLatch(1);
        server.first(unversioned(bytes), exchange -> {
                    StubServer.set(exchange, "Content-Range", "bytes 0-299/300");
                    exchange.sendResponseHeaders(206, 300);
                    exchange.getResponseBody().write(bytes, 0, 10);
                    exchange.getResponseBody().flush();
                    await(read);
                    exchange.close();
                })
                .always(unversioned(bytes));
        try (InputStream stream = access.read(open(), 0, 300, Cancellation.create())) {
            byte[] start = stream.readNBytes(10);
            read.countDown();
            byte[] rest = stream.readAllBytes();
            assertThat(start).isEqualTo(Arrays.copyOf(bytes, 10));
            assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, 10, 300));
        }
        assertThat(server.ranges()).containsExactly("bytes=0-63", "bytes=0-299", "bytes=10-299");
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() throws IOException {
        byte[] bytes = bytes(40);
        server.first(status(503), status(429), status(500), status(408)).always(content(bytes, ETAG));
        assertThat(read(open(), 0, 40)).isEqualTo(bytes);
        assertThat(pauses).hasSize(4);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
        assertThat(pauses.get(3)).isBetween(Duration.ofMillis(800), Duration.ofMillis(2400));
    }

    @Test
    void aServerIsLeftAloneForAsLongAsItAsks() {
        server.first(
                        status(503, "Retry-After", "7"),
                        status(429, "Retry-After", "Mon, 01 Jun 2026 12:00:09 GMT"),
                        status(429, "Retry-After", "Mon, 01 Jun 2026 11:00:00 GMT"))
                .always(content(bytes(40), ETAG));
        open();
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(9), Duration.ZERO);
    }

    @Test
    void aServerThatAsksToWaitTooLongIsGivenUp() {
        server.always(status(503, "Retry-After", "3600"));
        assertFails("""
                SOURCE_UNREACHABLE: Cannot read URL: the server answered 503
                  The server asks to wait 3600 s""");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aServerThatKeepsFailingIsGivenUp() {
        server.always(status(503, "x-ms-error-code", "ServerBusy"));
        assertFails("""
                SOURCE_UNREACHABLE: Cannot read URL: the server answered 503 ServerBusy
                  Tried 6 times""");
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void aBodyThatIsCutAgainAndAgainIsGivenUp() {
        byte[] bytes = bytes(40);
        server.always(cut(bytes, ETAG, 1));
        assertThatThrownBy(this::open)
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith("SOURCE_UNREACHABLE: Cannot read " + url() + ": the connection failed")
                .hasMessageEndingWith("\n  Tried 6 times");
        assertThat(server.ranges()).hasSize(6);
    }

    @Test
    void aServerThatRefusesConnectionsIsGivenUp() {
        server.close();
        assertFails("""
                SOURCE_UNREACHABLE: Cannot read URL: the server does not accept connections
                  Tried 6 times""");
        assertThat(pauses).hasSize(5);
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() {
        CountDownLatch end = new CountDownLatch(1);
        server.always(exchange -> await(end));
        assertThatThrownBy(() -> access(Duration.ofMillis(1)).list(Source.of(url()), Cancellation.create()))
                .isInstanceOf(DataflowException.class)
                .hasMessage(
                        "SOURCE_UNREACHABLE: Cannot read " + url() + ": the server does not answer\n  Tried 6 times");
        end.countDown();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 410, 412, 416, 501})
    void whatCannotHelpIsNotTriedAgain(int status) {
        server.always(status(status));
        assertThatThrownBy(this::open)
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("erver answered " + status);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aServerWithoutRangesIsReadAsAStream() throws IOException {
        byte[] bytes = bytes(300);
        server.always(whole(bytes, 300, "ETag", ETAG));
        SourceFile file = open();
        assertThat(file.length()).isEqualTo(300);
        assertThat(file.version()).isEqualTo("whole;etag=" + ETAG);
        assertThat(read(file, 0, 300)).isEqualTo(bytes);
        assertThat(read(file, 100, 50)).isEqualTo(Arrays.copyOfRange(bytes, 100, 150));
        assertThat(server.ranges()).containsExactly("bytes=0-63", null, null);
    }

    @Test
    void aStreamThatIsCutIsReadAgainUpToThere() throws IOException {
        byte[] bytes = bytes(300);
        server.first(whole(bytes, 300), whole(bytes, 200), whole(bytes, 100)).always(whole(bytes, 300));
        SourceFile file = open();
        assertThat(read(file, 0, 300)).isEqualTo(bytes);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void aFileOfUnknownLengthIsCounted() throws IOException {
        byte[] bytes = bytes(300);
        server.always(chunked(bytes));
        SourceFile file = open();
        assertThat(file.length()).isEqualTo(300);
        assertThat(read(file, 0, 300)).isEqualTo(bytes);
    }

    @Test
    void aServerWithRangesButNothingToCompareIsReadOnePartAtATime() throws IOException {
        byte[] bytes = bytes(300);
        server.always(unversioned(bytes));
        SourceFile file = open();
        assertThat(file.version()).isEqualTo("none");
        assertThat(read(file, 0, 300)).isEqualTo(bytes);
        assertThat(server.ranges()).containsExactly("bytes=0-63", "bytes=0-299");
    }

    @Test
    void anEmptyFileHasNoBytes() throws IOException {
        server.always(content(new byte[0], ETAG));
        SourceFile file = open();
        assertThat(file.length()).isZero();
        assertThat(read(file, 0, 10)).isEmpty();
        server.always(whole(new byte[0], 0));
        assertThat(open().length()).isZero();
    }

    @Test
    void aPartThatWasNotAskedForIsRefused() {
        server.always(exchange -> {
            StubServer.set(exchange, "Content-Range", "bytes 5-9/100");
            exchange.sendResponseHeaders(206, 5);
            exchange.getResponseBody().write(new byte[5]);
            exchange.close();
        });
        assertFails("SOURCE_UNREACHABLE: Cannot read URL:"
                + " the server answered with bytes 5-9 to a request for bytes 0-63");
        server.always(status(206));
        assertFails("SOURCE_UNREACHABLE: Cannot read URL: the server sent a part and did not say which");
    }

    @Test
    void aBlockThatWasNotAskedForIsRefused() {
        server.always(content(bytes(100), ETAG));
        SourceFile file = open();
        server.always(status(206, "Content-Range", "bytes 0-35/100"));
        assertThatThrownBy(() -> read(file, 0, 100))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_UNREACHABLE: Cannot read " + url()
                        + ": the server answered with bytes 0-35 to a request for bytes 64-95");
    }

    @Test
    void aFileThatTheServerSaysHasChangedIsNotRead() {
        server.always(content(bytes(100), ETAG));
        SourceFile file = open();
        server.always(status(412, "x-ms-error-code", "ConditionNotMet"));
        assertChanged(file, "The server answered 412 ConditionNotMet");
    }

    @Test
    void aFileThatChangedIsNotReadFromAServerThatIgnoresConditions() {
        server.always(content(bytes(100), ETAG));
        SourceFile file = open();
        server.always(content(bytes(100), "\"0x9\""));
        assertChanged(file, "The ETag was \"0x8DC\" and is \"0x9\"");
        server.always(content(bytes(101), ETAG));
        assertChanged(file, "The length was 100 and is 101 bytes");
        server.always(content(bytes(10), ETAG));
        assertChanged(file, "The server answered 416: it is shorter than it was");
    }

    @Test
    void aTimeOfChangeOrAWeakEtagIsComparedWhereThereIsNoStrongOne() {
        byte[] bytes = bytes(100);
        String noon = "Mon, 01 Jun 2026 12:00:00 GMT";
        server.always(whole(bytes, 100, "ETag", "W/\"1\"", "Last-Modified", noon));
        SourceFile modified = open();
        assertThat(modified.version()).isEqualTo("whole;modified=" + noon);
        server.always(whole(bytes, 100, "Last-Modified", "Mon, 01 Jun 2026 13:00:00 GMT"));
        assertChanged(modified, "The Last-Modified was " + noon + " and is Mon, 01 Jun 2026 13:00:00 GMT");
        server.always(whole(bytes, 100, "ETag", "W/\"1\""));
        SourceFile weak = open();
        assertThat(weak.version()).isEqualTo("whole;weak=W/\"1\"");
        server.always(whole(bytes, 100, "ETag", "W/\"2\""));
        assertChanged(weak, "The ETag was W/\"1\" and is W/\"2\"");
    }

    @Test
    void aReadThatWaitsForASlowServerStopsWhenItIsCancelled() {
        CountDownLatch end = new CountDownLatch(1);
        Cancellation cancellation = Cancellation.create();
        server.first(content(bytes(100), ETAG)).always(exchange -> {
            StubServer.set(exchange, "Content-Range", "bytes 64-95/100", "ETag", ETAG);
            exchange.sendResponseHeaders(206, 32);
            OutputStream body = exchange.getResponseBody();
            body.write(new byte[3]);
            body.flush();
            cancellation.cancel("Ctrl-C");
            await(end);
        });
        SourceFile file = open();
        assertThatThrownBy(() -> access.read(file, 0, 100, cancellation).readAllBytes())
                .isInstanceOf(DataflowException.class)
                .hasMessage("CANCELLED: Cannot go on: Ctrl-C");
        end.countDown();
    }

    @Test
    void anOpeningThatWaitsForAnAnswerStopsWhenItIsCancelled() {
        CountDownLatch end = new CountDownLatch(1);
        Cancellation cancellation = Cancellation.create();
        server.always(exchange -> {
            cancellation.cancel("Ctrl-C");
            await(end);
        });
        assertThatThrownBy(() -> access.list(Source.of(url()), cancellation))
                .isInstanceOf(DataflowException.class)
                .hasMessage("CANCELLED: Cannot go on: Ctrl-C");
        end.countDown();
    }

    @Test
    void aWaitBetweenTwoAttemptsStopsWhenItIsCancelled() {
        Cancellation cancellation = Cancellation.create();
        server.always(exchange -> {
            cancellation.cancel("Ctrl-C");
            status(503, "Retry-After", "59").to(exchange);
        });
        assertThatThrownBy(() -> SourceAccess.with(Credentials.none()).list(Source.of(url()), cancellation))
                .isInstanceOf(DataflowException.class)
                .hasMessage("CANCELLED: Cannot go on: Ctrl-C");
    }

    @Test
    void aPageMayBeElsewhere() throws IOException {
        byte[] bytes = bytes(40);
        server.first(status(302, "Location", "/elsewhere.csv")).always(content(bytes, ETAG));
        assertThat(read(open(), 0, 40)).isEqualTo(bytes);
        assertThat(server.requests()).extracting(StubServer.Request::path).containsExactly("/a.csv", "/elsewhere.csv");
    }

    @Test
    void theQueryOfAPageIsSentAndNotShown() {
        server.always(status(404));
        assertThatThrownBy(() -> access.list(Source.of(url() + "?token=hidden"), Cancellation.create()))
                .isInstanceOf(DataflowException.class)
                .hasMessage(
                        "SOURCE_NOT_FOUND: Cannot read " + url() + ": it does not exist\n  The server answered 404");
        assertThat(server.requests().get(0).query()).isEqualTo("token=hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "401, SOURCE_FORBIDDEN: Cannot read URL: the server answered 401",
        "403, SOURCE_FORBIDDEN: Cannot read URL: the server answered 403",
        "400, SOURCE_UNREACHABLE: Cannot read URL: the server answered 400"
    })
    void aPageThatIsRefusedSaysHow(int status, String message) {
        server.always(status(status));
        assertFails(message);
    }

    @Test
    void aNameWithOtherCharactersIsAskedForAsUtf8() {
        server.always(content(bytes(4), ETAG));
        access.list(Source.of(server.url("/größe €.csv")), Cancellation.create());
        assertThat(server.requests().get(0).path()).isEqualTo("/gr%C3%B6%C3%9Fe%20%E2%82%AC.csv");
    }

    private SourceAccess access(Duration patience) {
        return SourceAccess.with(
                Credentials.none(),
                new RemoteSettings(
                        Clock.fixed(TODAY, ZoneOffset.UTC),
                        (time, checkpoint) -> pauses.add(time),
                        64,
                        32,
                        128,
                        3,
                        patience));
    }

    private String url() {
        return server.url("/a.csv");
    }

    private SourceFile open() {
        return access.list(Source.of(url()), Cancellation.create()).get(0);
    }

    private byte[] read(SourceFile file, long offset, long length) throws IOException {
        try (InputStream stream = access.read(file, offset, length, Cancellation.create())) {
            return stream.readAllBytes();
        }
    }

    private void assertFails(String message) {
        assertThatThrownBy(this::open).isInstanceOf(DataflowException.class).hasMessage(message.replace("URL", url()));
    }

    private void assertChanged(SourceFile file, String how) {
        assertThatThrownBy(() -> read(file, 64, 36))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_CHANGED: Cannot read " + url() + ": it changed since it was opened\n  " + how
                        + "\n  Run it again when nothing writes to it");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
