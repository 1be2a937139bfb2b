package io.millrace.dataflow.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** A signature is nowhere in what can be seen of a source or of a failure to read it. */
class SecretsLawsTest {
    private static @Nullable StubServer shared;

    @BeforeContainer
    static void start() {
        shared = StubServer.start();
    }

    @AfterContainer
    static void stop() {
        server().close();
    }

    @Provide
    Arbitrary<byte[]> signatures() {
        return Arbitraries.bytes().array(byte[].class).ofSize(32);
    }

    @Property(tries = 40, seed = "20260601", shrinking = ShrinkingMode.OFF)
    void noAddressShowsItsSignature(@ForAll("signatures") byte[] signature) {
        Secret secret = new Secret(signature);
        for (String sig : secret.spellings()) {
            String query = "sv=2024-11-04&sr=c&sp=rl&se=2999-01-01&sig=" + sig;
            List<Object> seen = new ArrayList<>();
            for (String address : List.of(
                    "https://acme.blob.core.windows.net/raw/a.csv?" + query,
                    "https://data.example.org/raw/a.csv?" + query,
                    "https://acme.blob.core.windows.net/raw/a.csv&" + query,
                    "https://acme.blob.core.windows.net/raw/a.csv#" + query,
                    "https://acme.blob.core.windows.net/raw?" + query,
                    "https://acme.blob.core.windows.net/raw/a.csv?comp=list&" + query,
                    "https://acme blob/raw/a.csv?" + query,
                    "https://[::1/raw/a.csv?" + query,
                    "https://me:" + sig + "@example.org/a.csv",
                    "https:///a.csv?" + query,
                    "https:/acme.blob.core.windows.net/a.csv?" + query,
                    "wasbs://raw@acme/a.csv?" + query,
                    "file:///a.csv?" + query,
                    "acme.blob.core.windows.net/raw/a.csv?" + query,
                    "https://acme.blob.core.windows.net/raw/a.csv?" + URLEncoder.encode(query, UTF_8),
                    "https://acme.blob.core.windows.net/raw/a.csv" + URLEncoder.encode("?" + query, UTF_8))) {
                try {
                    Source source = Source.of(address);
                    seen.add(source);
                    seen.add(source.display());
                    if (source instanceof Source.Blob blob) {
                        seen.add(blob.credential());
                        seen.add(RemoteTarget.of(source, Credentials.none()));
                    }
                } catch (RuntimeException refused) {
                    seen.add(refused);
                }
            }
            SasToken token = SasToken.of(query);
            seen.add(token);
            seen.add(Credential.sas("name", token));
            seen.add(Credentials.none().with("name", token));
            try {
                seen.add(
                        Source.blob("https://acme.blob.core.windows.net/raw/a.csv?" + query, Credential.named("name")));
            } catch (RuntimeException refused) {
                seen.add(refused);
            }
            secret.assertAbsent(seen);
        }
    }

    @Property(tries = 6, seed = "20260602", shrinking = ShrinkingMode.OFF)
    void noFailureShowsTheSignature(@ForAll("signatures") byte[] signature) {
        Secret secret = new Secret(signature);
        String sig = secret.spellings().get(1);
        List<Object> seen = new ArrayList<>();
        for (String fields : List.of("sp=rl&se=2020-01-01", "sp=w&se=2999-01-01", "sp=r", "sp=r&se=%zz", "sp=r&se=ä")) {
            seen.add(failure("a.csv", fields + "&sv=1&sig=" + sig));
        }
        String query = "sv=2024-11-04&sr=c&sp=rl&se=2999-01-01&sig=" + sig;
        for (int status : new int[] {302, 400, 401, 403, 404, 409, 412, 416, 500, 503}) {
            server().always(StubServer.status(
                    status, "x-ms-error-code", sig, "Location", "http://x y/?" + query, "Retry-After", sig));
            seen.add(failure("a.csv", query));
            seen.add(failure("*.csv", query));
        }
        byte[] content = query.repeat(20).getBytes(UTF_8);
        for (StubServer.Answer broken : List.of(
                StubServer.cut(content, "\"1\"", 0),
                StubServer.status(206, "Content-Range", query),
                StubServer.status(206, "Content-Range", "bytes 7-9/10"),
                StubServer.whole("<xml?".concat(query).getBytes(UTF_8), 20))) {
            server().always(broken);
            seen.add(failure("a.csv", query));
            seen.add(failure("*.csv", query));
        }
        server().always(StubServer.status(302, "Location", "http://in valid/?" + query));
        seen.add(pageFailure(server().url("/a.csv?" + "token=" + sig)));
        server().always(StubServer.status(302, "Location", "http://127.0.0.1:1/?" + query));
        seen.add(pageFailure(server().url("/a.csv?" + "token=" + sig)));
        secret.assertAbsent(seen);
    }

    private static Object failure(String name, String query) {
        return pageFailure(server().url("/acme/raw/" + name + "?" + query));
    }

    private static Object pageFailure(String address) {
        SourceAccess access = SourceAccess.with(
                Credentials.none(),
                new RemoteSettings(
                        Clock.systemUTC(), (time, checkpoint) -> {}, 64, 32, 128, 3, Duration.ofSeconds(30)));
        try {
            SourceFile file =
                    access.list(Source.of(address), Cancellation.create()).get(0);
            try (InputStream stream = access.read(file, 0, file.length(), Cancellation.create())) {
                stream.readAllBytes();
            }
            return file;
        } catch (Exception failed) {
            return failed;
        }
    }

    private static StubServer server() {
        if (shared == null) {
            throw new IllegalStateException("not started");
        }
        return shared;
    }

    /** A signature in every spelling that it might be printed in. */
    private static final class Secret {
        private final List<String> spellings = new ArrayList<>();

        Secret(byte[] signature) {
            String base64 = Base64.getEncoder().encodeToString(signature);
            String encoded = URLEncoder.encode(base64, UTF_8);
            spellings.add(base64);
            spellings.add(encoded);
            spellings.add(URLEncoder.encode(encoded, UTF_8));
        }

        List<String> spellings() {
            return spellings;
        }

        void assertAbsent(List<Object> seen) {
            for (Object each : seen) {
                String text = print(each);
                // A part of it is as bad: whoever cut it off left the rest.
                for (String spelling : spellings) {
                    assertThat(text).doesNotContain(spelling.substring(0, 12), spelling.substring(20, 32));
                    assertThat(text)
                            .doesNotContain(URLDecoder.decode(spelling, UTF_8).substring(4, 16));
                }
                assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("sig=", "sig%3d", "sig%253d");
            }
        }

        private static String print(Object each) {
            if (each instanceof Throwable failure) {
                StringWriter text = new StringWriter();
                failure.printStackTrace(new PrintWriter(text));
                return text.toString();
            }
            return each.toString();
        }
    }
}
