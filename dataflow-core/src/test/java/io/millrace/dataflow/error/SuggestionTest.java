package io.millrace.dataflow.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    @Test
    void aNameThatDiffersInCaseIsSuggested() {
        assertThat(Suggestion.closest("MASS", List.of("mast", "mass"))).contains("mass");
    }

    @Test
    void theClosestNameIsSuggested() {
        assertThat(Suggestion.closest("tenur_days", List.of("mail_host", "tenure_days")))
                .contains("tenure_days");
    }

    @Test
    void twoLettersThatChangedPlacesAreOneEdit() {
        assertThat(Suggestion.closest("haed", List.of("read", "head"))).contains("head");
    }

    @Test
    void nothingIsSuggestedBeyondAThirdOfTheName() {
        assertThat(Suggestion.closest("mass", List.of("moose"))).isEmpty();
    }

    @Test
    void atMostTenAlternativesAreListed() {
        List<String> names =
                IntStream.range(0, 12).mapToObj(i -> "column_number_" + i).toList();

        assertThat(Suggestion.lines("x", "Columns here", names))
                .containsExactly("Columns here: column_number_0, column_number_1, column_number_2, column_number_3,"
                        + " column_number_4, column_number_5, column_number_6, column_number_7, column_number_8,"
                        + " column_number_9, and 2 more");
    }
}
