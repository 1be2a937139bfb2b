package io.millrace.dataflow.source;

import static io.millrace.dataflow.source.StubServer.content;
import static io.millrace.dataflow.source.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What blob storage answers and Azurite does not, from a stub. */
class BlobErrorsTest {
    private static final String SAS = "?sv=2024-11-04&sr=c&sp=rl&se=2999-01-01&sig=c2VjcmV0";
    private static final String RENEW = "\n  Issue a new SAS with read permission and pass it with"
            + " --credential acme-raw=ENVIRONMENT_VARIABLE, or with engine.credential(\"acme-raw\", token)";

    private final StubServer server = StubServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | AuthenticationFailed | The signature is wrong, no longer valid, or for another container or blob",
                "403 | AuthorizationFailure | The signature is wrong, no longer valid, or for another container or blob",
                "403 | AuthorizationPermissionMismatch | The signature does not grant permission to read",
                "403 | AuthorizationProtocolMismatch | The signature allows https alone",
                "403 | AuthorizationSourceIPMismatch | The signature does not allow the address of this machine",
                "403 | AuthorizationResourceTypeMismatch | The signature is for another service or kind of resource",
                "403 | SomethingElse | The credential is not allowed to",
                "401 | NoAuthenticationInformation | The credential is not allowed to"
            })
    void aRefusedSignatureSaysWhy(int status, String code, String why) {
        server.always(status(status, "x-ms-error-code", code));
        assertFails(
                SAS,
                "SOURCE_FORBIDDEN: Cannot read ADDRESS: the server answered " + status + " " + code + "\n  " + why
                        + RENEW);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"409, PublicAccessNotPermitted", "403, AuthorizationFailure", "401, NoAuthenticationInformation"})
    void aBlobThatIsNotPublicNeedsACredential(int status, String code) {
        server.always(status(status, "x-ms-error-code", code));
        assertFails(
                "",
                "SOURCE_FORBIDDEN: Cannot read ADDRESS: the server answered " + status + " " + code
                        + "\n  It is not public: use its URL with a SAS, or a named credential");
    }

    @Test
    void aPrivateContainerLooksLikeAMissingOneToWhoHasNoCredential() {
        server.always(status(404, "x-ms-error-code", "ResourceNotFound"));
        assertFails("", """
                SOURCE_NOT_FOUND: Cannot read ADDRESS: it does not exist
                  The server answered 404 ResourceNotFound
                  A private container answers the same without a credential: use a URL with a SAS""");
    }

    @Test
    void anArchivedBlobSaysSo() {
        server.always(status(409, "x-ms-error-code", "BlobArchived"));
        assertFails(SAS, """
                SOURCE_UNREACHABLE: Cannot read ADDRESS: the server answered 409 BlobArchived
                  The blob is in the archive tier: move it to a tier that can be read""");
    }

    @Test
    void aCodeThatIsNoneIsNotRepeated() {
        server.always(status(400, "x-ms-error-code", "Bad <script> value"));
        assertFails(SAS, "SOURCE_UNREACHABLE: Cannot read ADDRESS: the server answered 400");
    }

    @Test
    void aRedirectIsNotFollowedWithASignature() {
        server.always(status(302, "Location", "/elsewhere"));
        assertFails(SAS, "SOURCE_UNREACHABLE: Cannot read ADDRESS: the server answered 302");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aDirectoryThatHadoopMarkedIsRefused() {
        server.always(exchange -> {
            StubServer.set(exchange, "x-ms-meta-hdi_isfolder", "true");
            content(new byte[1], "\"1\"").to(exchange);
        });
        assertFails(SAS, """
                SOURCE_IS_DIRECTORY: Cannot read ADDRESS: it is a directory
                  Use ADDRESS/*.csv to read the files in it""");
    }

    @Test
    void aCredentialThatTheEngineKnowsGoesBeforeThePastedOne() {
        server.always(content(new byte[1], "\"1\""));
        SasToken renewed = SasToken.of(SAS.replace("c2VjcmV0", "bmV3"));
        SourceAccess.with(Credentials.none().with("acme-raw", renewed))
                .list(Source.of(url() + SAS), Cancellation.create());
        assertThat(server.requests().get(0).query()).endsWith("sig=bmV3");
    }

    @Test
    void anUnknownCredentialIsFoundOutBeforeAnyRequest() {
        Source source = Source.blob(url(), Credential.named("acme"));
        assertThatThrownBy(() -> SourceAccess.with(Credentials.none()).list(source, Cancellation.create()))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith("UNKNOWN_CREDENTIAL: Cannot find credential 'acme'");
        assertThat(server.requests()).isEmpty();
    }

    private String url() {
        return server.url("/acme/raw/a.csv");
    }

    private void assertFails(String sas, String message) {
        Source source = sas.isEmpty() ? Source.blob(url(), Credential.anonymous()) : Source.of(url() + sas);
        assertThatThrownBy(() -> SourceAccess.with(Credentials.none()).list(source, Cancellation.create()))
                .isInstanceOf(DataflowException.class)
                .hasMessage(message.replace("ADDRESS", url()));
    }
}
