package io.millrace.dataflow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data/*.csv | data/a.csv | true",
                "data/*.csv | data/deep/a.csv | false",
                "data/*.csv | data/.hidden.csv | false",
                "data/.*.csv | data/.hidden.csv | true",
                "data/**/*.csv | data/a.csv | true",
                "data/**/*.csv | data/x/y/a.csv | true",
                "data/**/*.csv | data/.x/a.csv | false",
                "data/** | data/x/a.csv | true",
                "data/** | data/ | false",
                "part-?.csv | part-1.csv | true",
                "part-?.csv | part-10.csv | false",
                "part-[0-3].csv | part-2.csv | true",
                "part-[!0-3].csv | part-2.csv | false",
                "part-[!0-3].csv | part-7.csv | true",
                "{train,test}.csv | test.csv | true",
                "{train,test}.csv | train,test.csv | false",
                "a+b(1).c*v | a+b(1).csv | true",
                "a\\*b* | a*bc | true",
                "a\\*b* | axbc | false"
            })
    void matchesLikeAShell(String pattern, String path, boolean matches) {
        assertThat(Glob.of(pattern).matches(path)).isEqualTo(matches);
    }

    @Test
    void knowsWhereItsMatchesAre() {
        assertThat(Glob.of("data/x/part-*.csv").directory()).isEqualTo("data/x/");
        assertThat(Glob.of("data/x/part-*.csv").prefix()).isEqualTo("data/x/part-");
        assertThat(Glob.of("data/x/part-*.csv").depth()).isEqualTo(1);
        assertThat(Glob.of("data/*/part-*.csv").depth()).isEqualTo(2);
        assertThat(Glob.of("data/**/a.csv").depth()).isEqualTo(Integer.MAX_VALUE);
        assertThat(Glob.of("*.csv").directory()).isEmpty();
    }

    @Test
    void aQuotedTextMatchesItselfAlone() {
        String odd = "a*b?c[d]{e,f}\\g";
        assertThat(Glob.isPattern(odd)).isTrue();
        assertThat(Glob.isPattern(Glob.quoted(odd))).isFalse();
        assertThat(Glob.of(Glob.quoted(odd)).matches(odd)).isTrue();
        assertThat(Glob.of(Glob.quoted(odd)).prefix()).isEqualTo(odd);
    }

    @Test
    void anUnclosedBracketOrBraceIsRefused() {
        assertThatThrownBy(() -> Glob.of("a[b.csv"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("INVALID_ADDRESS: Cannot understand pattern 'a[b.csv': a bracket or brace is not closed");
        assertThatThrownBy(() -> Glob.of("{a,b.csv"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("INVALID_ADDRESS: Cannot understand pattern '{a,b.csv': a bracket or brace is not closed");
    }
}
