package io.millrace.dataflow.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.testing.AzuriteRequired;
import io.millrace.dataflow.testing.AzuriteServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reads from a real server of blobs. */
@Tag("azurite")
@ExtendWith(AzuriteRequired.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzuriteTest {
    private static final String OPEN = "source-public";
    private static final String CLOSED = "source-private";

    private final SourceAccess access = SourceAccess.with(Credentials.none());
    private final byte[] large = new byte[20_000_000];
    private final AzuriteServer azurite;

    AzuriteTest(AzuriteServer azurite) {
        this.azurite = azurite;
    }

    @BeforeAll
    void fill() {
        new Random(7).nextBytes(large);
        azurite.publicContainer(OPEN).upload(OPEN, "a.csv", "x\n1\n").upload(OPEN, "empty.csv", "");
        azurite.privateContainer(CLOSED)
                .upload(CLOSED, "a.csv", "x\n1\n")
                .upload(CLOSED, "dir/b-2.csv", "b2")
                .upload(CLOSED, "dir/b-1.csv", "b1")
                .upload(CLOSED, "dir/größe 100% *+#.csv", "odd")
                .upload(CLOSED, "dir/deep/c.csv", "c")
                .upload(CLOSED, "dir/notes.txt", "n")
                .upload(CLOSED, "large.bin", large);
    }

    @Test
    void aPublicBlobIsRead() throws IOException {
        assertThat(text(open(azurite.url(OPEN, "a.csv")))).isEqualTo("x\n1\n");
    }

    @Test
    void anEmptyBlobIsRead() throws IOException {
        SourceFile file = open(azurite.url(OPEN, "empty.csv"));
        assertThat(file.length()).isZero();
        assertThat(text(file)).isEmpty();
    }

    @Test
    void aPrivateBlobIsReadWithASignature() throws IOException {
        assertThat(text(open(signed("a.csv")))).isEqualTo("x\n1\n");
        Instant soon = Instant.now().plus(1, ChronoUnit.HOURS);
        assertThat(text(open(azurite.url(CLOSED, "a.csv") + "?" + azurite.blobSas(CLOSED, "a.csv", "r", soon))))
                .isEqualTo("x\n1\n");
    }

    @Test
    void aPrivateBlobIsReadWithANamedCredential() throws IOException {
        SourceAccess knowing =
                SourceAccess.with(Credentials.none().with("acme", SasToken.of("?" + azurite.sas(CLOSED, "r"))));
        Source source = Source.blob(azurite.url(CLOSED, "a.csv"), Credential.named("acme"));
        SourceFile file = knowing.list(source, Cancellation.create()).get(0);
        try (InputStream stream = knowing.read(file, 0, 4, Cancellation.create())) {
            assertThat(stream.readAllBytes()).isEqualTo("x\n1\n".getBytes(UTF_8));
        }
    }

    @Test
    void aSignatureWhosePlusSignsWereDecodedIsRead() throws IOException {
        for (int hours = 1; hours < 60; hours++) {
            String sas = azurite.sas(CLOSED, "r", Instant.now().plus(hours, ChronoUnit.HOURS));
            if (sas.contains("%2B")) {
                assertThat(text(open(azurite.url(CLOSED, "a.csv") + "?" + sas.replace("%2B", "+"))))
                        .isEqualTo("x\n1\n");
                return;
            }
        }
    }

    @Test
    void partsAreThosePartsOfTheWhole() throws IOException {
        SourceFile file = open(signed("large.bin"));
        assertThat(file.length()).isEqualTo(large.length);
        assertThat(bytes(file, 0, large.length)).isEqualTo(large);
        for (int from : new int[] {0, 262_143, 262_144, 1_000_000, 9_437_184, 19_999_999}) {
            int to = Math.min(large.length, from + 3_000_000);
            assertThat(bytes(file, from, 3_000_000)).isEqualTo(Arrays.copyOfRange(large, from, to));
        }
    }

    @Test
    void aPatternListsTheBlobsOfOneDirectory() throws IOException {
        List<SourceFile> files = list(signed("dir/*.csv"));
        assertThat(files)
                .extracting(SourceFile::display)
                .containsExactly(
                        azurite.url(CLOSED, "dir/b-1.csv"),
                        azurite.url(CLOSED, "dir/b-2.csv"),
                        azurite.url(CLOSED, "dir/gr%C3%B6%C3%9Fe%20100%25%20%2A+%23.csv"));
        assertThat(text(files.get(0))).isEqualTo("b1");
        assertThat(text(files.get(2))).isEqualTo("odd");
    }

    @Test
    void aPatternListsTheBlobsBelow() {
        assertThat(list(signed("**/c.csv")))
                .extracting(SourceFile::display)
                .containsExactly(azurite.url(CLOSED, "dir/deep/c.csv"));
        assertThat(list(azurite.url(OPEN, "*.csv")))
                .extracting(SourceFile::display)
                .containsExactly(azurite.url(OPEN, "a.csv"), azurite.url(OPEN, "empty.csv"));
    }

    @Test
    void aPatternWithoutMatchesIsNotFound() {
        assertFails(signed("dir/x*.csv"), """
                SOURCE_NOT_FOUND: Cannot find a blob that matches %s/dir/x*.csv
                  No name in container 'source-private' that starts with 'dir/x' matches""");
    }

    @Test
    void aSignatureWithoutPermissionToListCannotListAContainer() {
        assertFails(azurite.url(CLOSED, "*.csv") + "?" + azurite.sas(CLOSED, "r"), """
                SAS_NOT_USABLE: Cannot list %s/*.csv: the SAS does not grant permission to list ('l' in 'sp')
                  Issue a new SAS with read and list permission and pass it with --credential devstoreaccount1-source-private=ENVIRONMENT_VARIABLE, or with engine.credential("devstoreaccount1-source-private", token)""");
    }

    @Test
    void aListingThatIsRefusedSaysHow() {
        assertFails(azurite.url(CLOSED, "*.csv") + "?" + wrong(azurite.sas(CLOSED, "rl")), """
                SOURCE_FORBIDDEN: Cannot list %s/*.csv: the server answered 403 AuthorizationFailure
                  The signature is wrong, no longer valid, or for another container or blob
                  Issue a new SAS with read and list permission and pass it with --credential devstoreaccount1-source-private=ENVIRONMENT_VARIABLE, or with engine.credential("devstoreaccount1-source-private", token)""");
    }

    @Test
    void anExpiredSignatureIsNotSent() {
        assertFails(
                azurite.url(CLOSED, "a.csv") + "?" + azurite.sas(CLOSED, "r", Instant.parse("2026-01-20T23:59:59Z")),
                """
                SAS_NOT_USABLE: Cannot read %s/a.csv: the SAS expired 2026-01-20T23:59:59Z
                  Issue a new SAS with read permission and pass it with --credential devstoreaccount1-source-private=ENVIRONMENT_VARIABLE, or with engine.credential("devstoreaccount1-source-private", token)""");
    }

    @Test
    void aSignatureWithoutPermissionToReadIsNotSent() {
        assertFails(azurite.url(CLOSED, "a.csv") + "?" + azurite.sas(CLOSED, "w"), """
                SAS_NOT_USABLE: Cannot read %s/a.csv: the SAS does not grant permission to read ('r' in 'sp')
                  Issue a new SAS with read permission and pass it with --credential devstoreaccount1-source-private=ENVIRONMENT_VARIABLE, or with engine.credential("devstoreaccount1-source-private", token)""");
    }

    @Test
    void aWrongSignatureIsForbidden() {
        assertFails(azurite.url(CLOSED, "a.csv") + "?" + wrong(azurite.sas(CLOSED, "r")), """
                SOURCE_FORBIDDEN: Cannot read %s/a.csv: the server answered 403 AuthorizationFailure
                  The signature is wrong, no longer valid, or for another container or blob
                  Issue a new SAS with read permission and pass it with --credential devstoreaccount1-source-private=ENVIRONMENT_VARIABLE, or with engine.credential("devstoreaccount1-source-private", token)""");
    }

    @Test
    void aPrivateBlobWithoutASignatureIsForbidden() {
        assertFails(azurite.url(CLOSED, "a.csv"), """
                SOURCE_FORBIDDEN: Cannot read %s/a.csv: the server answered 403 AuthorizationFailure
                  It is not public: use its URL with a SAS, or a named credential""");
    }

    @Test
    void aMissingBlobIsNotFound() {
        assertFails(signed("none.csv"), """
                SOURCE_NOT_FOUND: Cannot read %s/none.csv: there is no such blob
                  The server answered 404 BlobNotFound""");
    }

    @Test
    void aMissingContainerIsNotFound() {
        String url = azurite.url("source-missing", "a.csv");
        assertThatThrownBy(() -> list(url + "?" + azurite.sas("source-missing", "r")))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_NOT_FOUND: Cannot read " + url
                        + ": container 'source-missing' does not exist\n  The server answered 404 ContainerNotFound");
    }

    @Test
    void aBlobThatIsWrittenOverIsNotRead() {
        azurite.upload(CLOSED, "changing.csv", "0123456789".repeat(100_000));
        SourceFile file = open(signed("changing.csv"));
        azurite.upload(CLOSED, "changing.csv", "9876543210".repeat(100_000));
        assertThatThrownBy(() -> text(file))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_CHANGED: Cannot read " + azurite.url(CLOSED, "changing.csv")
                        + ": it changed since it was opened\n  The server answered 412 ConditionNotMet\n"
                        + "  Run it again when nothing writes to it");
    }

    @Test
    void aDirectoryIsRefused() {
        assertFails(signed("dir/"), """
                SOURCE_IS_DIRECTORY: Cannot read %1$s/dir/: it is a directory
                  Use %1$s/dir/*.csv to read the files in it""");
    }

    private String signed(String name) {
        return azurite.url(CLOSED, name) + "?" + azurite.sas(CLOSED, "rl");
    }

    private static String wrong(String sas) {
        return sas.replaceFirst("sig=....", "sig=AAAA");
    }

    private List<SourceFile> list(String address) {
        return access.list(Source.of(address), Cancellation.create());
    }

    private SourceFile open(String address) {
        return list(address).get(0);
    }

    private String text(SourceFile file) throws IOException {
        return new String(bytes(file, 0, file.length()), UTF_8);
    }

    private byte[] bytes(SourceFile file, long offset, long length) throws IOException {
        try (InputStream stream = access.read(file, offset, length, Cancellation.create())) {
            return stream.readAllBytes();
        }
    }

    private void assertFails(String address, String message) {
        String container = azurite.url(CLOSED, "");
        assertThatThrownBy(() -> list(address))
                .isInstanceOf(DataflowException.class)
                .hasMessage(message.formatted(container.substring(0, container.length() - 1)));
    }
}
