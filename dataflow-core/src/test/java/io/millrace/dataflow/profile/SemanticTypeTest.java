package io.millrace.dataflow.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SemanticTypeTest {
    @Test
    void textsHaveTheFormOfTheirType() {
        assertThat(of("ann@example.org", "a.b+c@mail.example.co.uk")).containsOnly(List.of(SemanticType.EMAIL));
        assertThat(of("192.0.2.7", "255.255.255.255")).containsOnly(List.of(SemanticType.IPV4));
        assertThat(of("2001:db8::7", "::1", "::", "1:2:3:4:5:6:7:8", "fe80::"))
                .containsOnly(List.of(SemanticType.IPV6));
        assertThat(of("(206) 555-0100", "206-555-0100", "+1 206 555 0100", "2065550100"))
                .containsOnly(List.of(SemanticType.US_PHONE));
        assertThat(of("98101", "98101-2345")).containsOnly(List.of(SemanticType.US_ZIP));
        assertThat(of("47.6, -122.3", "(47.60,-122.33)", "-90.0,180.0"))
                .containsOnly(List.of(SemanticType.COORDINATES));
        assertThat(of("https://example.org", "HTTP://example.org/a?b=c#d", "ftp://example.org"))
                .containsOnly(List.of(SemanticType.URL));
    }

    @Test
    void whatNearlyHasAFormHasNone() {
        assertThat(of(
                        "",
                        "ann@example",
                        "@example.org",
                        "256.0.2.7",
                        "192.0.2",
                        "1:2:3",
                        "1::2::3",
                        "106-555-0100",
                        "9810",
                        "47, -122",
                        "91.0, 0.0",
                        "example.org",
                        "https://",
                        "https://example.org/a b"))
                .containsOnly(List.of());
    }

    @Test
    void longTextsAreNotLookedAt() {
        assertThat(of("https://example.org/" + "a".repeat(500))).containsOnly(List.of());
    }

    private static List<List<SemanticType>> of(String... texts) {
        return Arrays.stream(texts)
                .map(text -> Arrays.stream(SemanticType.values())
                        .filter(type -> type.matches(text))
                        .toList())
                .toList();
    }
}
