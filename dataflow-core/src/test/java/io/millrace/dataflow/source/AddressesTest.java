package io.millrace.dataflow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    private static final String SAS = "sv=2024-11-04&sr=c&se=2030-01-01&sp=r&sig=c2VjcmV0%2Bkey%3D";

    @ParameterizedTest
    @ValueSource(strings = {"data/train.csv", "/data/*.csv", "C:\\data\\x.csv", "a:b.csv", "x y.csv", "100%.csv"})
    void aPathIsAFile(String path) {
        assertThat(Source.of(path)).isEqualTo(new Source.File(path));
    }

    @Test
    void aFileUrlIsAFile() {
        assertThat(Source.of("file:///data/my%20file.csv")).isEqualTo(new Source.File("/data/my file.csv"));
        assertThat(Source.of("file:/data/x.csv")).isEqualTo(new Source.File("/data/x.csv"));
        assertThat(Source.of("FILE:///data/{a,b}/*.csv")).isEqualTo(new Source.File("/data/{a,b}/*.csv"));
    }

    @Test
    void aWebAddressKeepsItsQueryAndDoesNotShowIt() {
        Source source = Source.of("https://example.org:8443/a/b.csv?token=hidden#part");
        assertThat(source).isEqualTo(new Source.Http(URI.create("https://example.org:8443/a/b.csv?token=hidden")));
        assertThat(source.display()).isEqualTo("https://example.org:8443/a/b.csv");
        assertThat(source).hasToString("Http[https://example.org:8443/a/b.csv]");
    }

    @Test
    void charactersThatAUrlCannotHaveAreEncoded() {
        assertThat(Source.of("HTTPS://example.org/my file{1}.csv?q=a b|c"))
                .isEqualTo(new Source.Http(URI.create("https://example.org/my%20file%7B1%7D.csv?q=a%20b%7Cc")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.blob.core.windows.net/raw/a.csv",
                "https://acme.blob.core.chinacloudapi.cn/raw/a.csv",
                "https://acme.blob.core.usgovcloudapi.net/raw/dir/*.csv",
                "https://acme.z12.blob.storage.azure.net/raw/a.csv",
                "http://127.0.0.1:10000/devstoreaccount1/raw/a.csv",
                "http://localhost:10000/devstoreaccount1/raw/a.csv"
            })
    void anAddressOfBlobStorageIsABlobOpenToAnyone(String url) {
        assertThat(Source.of(url)).isEqualTo(new Source.Blob(URI.create(url), Credential.anonymous()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.blob.core.windows.net/raw/a.csv, acme-raw",
        "https://data.example.org/raw/a.csv, data-raw",
        "http://127.0.0.1:10000/devstoreaccount1/raw/a.csv, devstoreaccount1-raw",
        "http://[::1]:10000/other/raw/a.csv, other-raw",
        "http://azurite:10000/other/raw/a.csv, other-raw"
    })
    void aSignatureIsSplitOffAndNamedByAccountAndContainer(String url, String name) {
        Source source = Source.of(url + "?" + SAS);
        assertThat(source).isEqualTo(new Source.Blob(URI.create(url), Credential.sas(name, SasToken.of("other"))));
        Credential.Sas credential = (Credential.Sas) ((Source.Blob) source).credential();
        assertThat(credential.token().reveal()).isEqualTo(SAS);
        assertThat(source.display()).isEqualTo(url);
        assertThat(source.toString()).doesNotContain("sig=", "sig%3D", "c2VjcmV0");
    }

    @Test
    void anIncompleteSignatureOnABlobHostIsKeptToBeExplainedWhenItIsUsed() {
        Source.Blob source = (Source.Blob) Source.of("https://acme.blob.core.windows.net/raw/a.csv?sv=2024-11-04&sp=r");
        assertThat(source.credential()).isInstanceOf(Credential.Sas.class);
    }

    @Test
    void aSignatureAloneIsASecretToo() {
        assertThat(Source.of("https://data.example.org/raw/a.csv?sig=c2VjcmV0")).isInstanceOf(Source.Blob.class);
    }

    @Test
    void aLocalWebServerIsNotBlobStorage() {
        assertThat(Source.of("http://127.0.0.1:8000/files/raw/a.csv")).isInstanceOf(Source.Http.class);
    }

    @Test
    void aBlobWithACredentialHasNoQuery() {
        assertThat(Source.blob("https://acme.blob.core.windows.net/raw/a.csv", Credential.named("acme")))
                .isEqualTo(new Source.Blob(
                        URI.create("https://acme.blob.core.windows.net/raw/a.csv"), Credential.named("acme")));
        assertInvalid(
                () -> Source.blob("https://acme.blob.core.windows.net/raw/a.csv?" + SAS, Credential.named("acme")),
                """
                INVALID_ADDRESS: Cannot understand address 'https://acme.blob.core.windows.net/raw/a.csv': the URL of a blob has no query where a credential is given
                  Pass a signature with Credential.sas(name, token), or leave it in the URL and use Source.of(url)""");
    }

    @Test
    void anEmptyAddressIsRefused() {
        assertInvalid("  ", "INVALID_ADDRESS: Cannot understand an address: it is empty");
    }

    @Test
    void anUnknownSchemeIsRefused() {
        assertInvalid("abfss://raw@acme.dfs.core.windows.net/a.csv", """
                INVALID_ADDRESS: Cannot understand address 'abfss://acme.dfs.core.windows.net/a.csv': 'abfss' is not a scheme that can be read
                  Use the https:// URL of the blob, with a signature or a credential""");
        assertInvalid("jdbc:postgresql://example.test/sales", """
                INVALID_ADDRESS: Cannot understand address 'jdbc:postgresql://example.test/sales': 'jdbc' is not a scheme that can be read
                  Queries are not read: export their rows as CSV or Parquet""");
        assertInvalid("s3a://bucket/a.csv", """
                INVALID_ADDRESS: Cannot understand address 's3a://bucket/a.csv': 's3a' is not a scheme that can be read
                  Read it with Spark and SparkEngine.fromSpark, or copy it to a path or an Azure blob""");
        assertInvalid("ftp://example.test/a.csv", """
                INVALID_ADDRESS: Cannot understand address 'ftp://example.test/a.csv': 'ftp' is not a scheme that can be read
                  Use a path, or a URL that starts with file:, http:// or https://""");
    }

    @Test
    void aFileUrlWithAHostIsRefused() {
        assertInvalid("file://server/share/a.csv", """
                INVALID_ADDRESS: Cannot understand address 'file://server/share/a.csv': it is not the URL of a local file
                  Use file:///directory/name.csv, or the path""");
    }

    @Test
    void aContainerAloneIsRefused() {
        assertInvalid("https://acme.blob.core.windows.net/raw?" + SAS, """
                INVALID_ADDRESS: Cannot understand address 'https://acme.blob.core.windows.net/raw': it names no blob
                  Use https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME, where NAME may have * and **""");
    }

    @Test
    void aSnapshotIsRefused() {
        assertInvalid("https://acme.blob.core.windows.net/raw/a.csv?snapshot=2024&" + SAS, """
                INVALID_ADDRESS: Cannot understand address 'https://acme.blob.core.windows.net/raw/a.csv': only the current content of a blob can be read
                  Leave out 'snapshot'""");
    }

    @Test
    void aQueryThatIsNoSignatureIsRefusedOnABlobHost() {
        assertInvalid(
                "https://acme.blob.core.windows.net/raw/a.csv?time=5",
                "INVALID_ADDRESS: Cannot understand address 'https://acme.blob.core.windows.net/raw/a.csv':"
                        + " its query is not a shared access signature");
    }

    @Test
    void aHashInTheNameOfABlobIsRefused() {
        assertInvalid(
                "https://acme.blob.core.windows.net/raw/a#1.csv?" + SAS,
                "INVALID_ADDRESS: Cannot understand address 'https://acme.blob.core.windows.net/raw/a':"
                        + " a '#' in the name of a blob is written %23");
    }

    @Test
    void aUserNameAndPasswordAreRefusedAndNotShown() {
        assertInvalid(
                "https://me:secret@example.org/a.csv",
                "INVALID_ADDRESS: Cannot understand address 'https://example.org/a.csv':"
                        + " a user name or password in a URL is not supported");
    }

    @Test
    void aHostThatIsNoneIsRefused() {
        assertInvalid(
                "https:///a.csv",
                "INVALID_ADDRESS: Cannot understand address 'https:///a.csv': it has no valid host name");
        assertInvalid(
                "https://under_score!/a.csv",
                "INVALID_ADDRESS: Cannot understand address 'https://under_score!/a.csv': it has no valid host name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://acme.blob.core.windows.net/raw/a.csv&sv=2024&sig=c2VjcmV0 | https://acme.blob.core.windows.net/raw/a.csv&sv=2024",
                "https://acme.blob.core.windows.net/raw/a.csv%3Fsv=2024%26sig%3Dc2VjcmV0 | https://acme.blob.core.windows.net/raw/a.csv%3Fsv=2024%26",
                "https://acme blob/raw/a.csv?sv=2024&sig=c2VjcmV0 | https://acme blob/raw/a.csv",
                "https:/acme.blob.core.windows.net/raw/a.csv?sv=2024&sig=c2VjcmV0 | https:/acme.blob.core.windows.net/raw/a.csv",
                "acme.blob.core.windows.net/raw/a.csv?sv=2024&sig=c2VjcmV0 | acme.blob.core.windows.net/raw/a.csv",
                "wasbs://raw@acme/a.csv?sv=2024&sig=c2VjcmV0 x | wasbs://acme/a.csv"
            })
    void aMalformedAddressShowsNothingOfItsSignature(String address, String shown) {
        assertThatThrownBy(() -> Source.of(address))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith("INVALID_ADDRESS: Cannot understand address '" + shown + "': ")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("sig=", "sig%3D", "c2VjcmV0"))
                .hasNoCause();
    }

    private static void assertInvalid(String address, String message) {
        assertInvalid(() -> Source.of(address), message);
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(DataflowException.class, error -> assertThat(error.code())
                        .isEqualTo(ErrorCode.INVALID_ADDRESS))
                .hasMessage(message);
    }
}
