package io.millrace.dataflow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SasPreflightTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
    private static final String URL = "https://acme.blob.core.windows.net/raw/a.csv";
    private static final String RENEW = "\n  Issue a new SAS with read permission and pass it with"
            + " --credential acme-raw=ENVIRONMENT_VARIABLE, or with engine.credential(\"acme-raw\", token)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sv=2024-11-04&sr=c&sp=rl&se=2026-06-01T12%3A00%3A01Z&sig=AA%3D",
                "sv=2024-11-04&sr=b&sp=r&st=2026-06-01T12:05:00Z&se=2026-06-02&spr=https&sig=AA=",
                "sv=2024-11-04&sr=c&si=policy&sig=AA%3D",
                "sv=2024-11-04&ss=bfqt&srt=sco&sp=rwl&se=2026-06-01T13:00Z&spr=https,http&sig=AA%3D",
                "sv=2024-11-04&sr=d&sdd=1&sp=r&se=2026-07-01T00:00:00.0000000Z&skoid=x&sktid=y&sig=A+/A="
            })
    void aSignatureThatMayWorkPasses(String sas) {
        assertThatCode(() -> check(URL, sas, SasPreflight.Purpose.READ)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sv=1&sp=r&se=2026-06-01T11%3A59%3A59Z&sig=AA | the SAS expired 2026-06-01T11:59:59Z",
                "sv=1&sp=r&se=2026-06-01T12:00:00Z&sig=AA | the SAS expired 2026-06-01T12:00:00Z",
                "sv=1&sp=r&se=2026-06-01&sig=AA | the SAS expired 2026-06-01T00:00:00Z",
                "sv=1&sp=r&se=tomorrow&sig=AA | the SAS has an expiry 'se' that is not a time",
                "sv=1&sp=r&st=2026-06-01T12:05:01Z&se=2027-01-01&sig=AA | the SAS is not valid before 2026-06-01T12:05:01Z",
                "sv=1&sp=r&st=x&se=2027-01-01&sig=AA | the SAS has a start 'st' that is not a time",
                "sv=1&sp=wl&se=2027-01-01&sig=AA | the SAS does not grant permission to read ('r' in 'sp')",
                "sv=1&sp=r&se=2027-01-01 | the SAS lacks 'sig'",
                "sp=r&sig= | the SAS lacks 'sv', 'se', 'sig'",
                "sv=1&si=policy | the SAS lacks 'sig'",
                "sv=1&sr=f&sp=r&se=2027-01-01&sig=AA | the SAS is not for blobs ('sr')",
                "sv=1&ss=qt&srt=o&sp=r&se=2027-01-01&sig=AA | the SAS is not for blobs ('ss')",
                "sv=1&ss=b&srt=sc&sp=r&se=2027-01-01&sig=AA | the SAS is not for objects ('o' in 'srt')",
                "sv=1&sp=r&se=2027-01-01&sig=A\u00e4A | the SAS has characters that a URL cannot have",
                "sv=1&sp=r&se=2027-01-01&sig=AA A | the SAS has characters that a URL cannot have",
                "sv=1&sp=r&se=2027-01-01&sig=AA%zz | the SAS is not percent-encoded correctly"
            })
    void aSignatureThatCannotWorkSaysWhy(String sas, String reason) {
        assertThatThrownBy(() -> check(URL, sas, SasPreflight.Purpose.READ))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SAS_NOT_USABLE: Cannot read " + URL + ": " + reason + RENEW)
                .hasNoCause();
    }

    @Test
    void everyReasonIsSaid() {
        assertThatThrownBy(() -> check(URL, "sv=1&sp=w&se=2026-01-01&sig=AA", SasPreflight.Purpose.READ))
                .hasMessage("SAS_NOT_USABLE: Cannot read " + URL + ": the SAS expired 2026-01-01T00:00:00Z\n"
                        + "  Also, the SAS does not grant permission to read ('r' in 'sp')" + RENEW);
    }

    @Test
    void aSignatureForHttpsIsNotSentOverHttp() {
        String url = "http://127.0.0.1:10000/acme/raw/a.csv";
        assertThatThrownBy(() -> check(url, "sv=1&sp=r&se=2027-01-01&spr=https&sig=AA", SasPreflight.Purpose.READ))
                .hasMessage("SAS_NOT_USABLE: Cannot read " + url
                        + ": the SAS allows https alone, and the address starts with http" + RENEW);
    }

    @Test
    void aListingNeedsMoreThanARead() {
        String renew = RENEW.replace("read permission", "read and list permission");
        assertThatThrownBy(() -> check(URL, "sv=1&sp=r&se=2027-01-01&sig=AA", SasPreflight.Purpose.LIST))
                .hasMessage("SAS_NOT_USABLE: Cannot list " + URL
                        + ": the SAS does not grant permission to list ('l' in 'sp')" + renew);
        assertThatThrownBy(() -> check(URL, "sv=1&sr=b&sp=rl&se=2027-01-01&sig=AA", SasPreflight.Purpose.LIST))
                .hasMessage("SAS_NOT_USABLE: Cannot list " + URL
                        + ": the SAS is for one blob ('sr=b') and cannot list a container" + renew);
    }

    @Test
    void aPublicAddressHasNothingToCheck() {
        RemoteTarget target = RemoteTarget.of(Source.of(URL), Credentials.none());
        assertThatCode(() -> SasPreflight.check(target, SasPreflight.Purpose.READ, NOON))
                .doesNotThrowAnyException();
    }

    @Test
    void aPlusSignInASignatureIsSentEncoded() {
        assertThat(RemoteTarget.sendable(SasToken.of("?sv=1&sig=a+b%2Bc/d=&se=1+2")))
                .isEqualTo("sv=1&sig=a%2Bb%2Bc/d=&se=1+2");
    }

    private static void check(String url, String sas, SasPreflight.Purpose purpose) {
        Source source = Source.blob(url, Credential.sas("acme-raw", SasToken.of(sas)));
        SasPreflight.check(RemoteTarget.of(source, Credentials.none()), purpose, NOON);
    }
}
