package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {
    private static final String PEOPLE = """
            id,name,born,fee,mail
            1,Ann,1990-05-01,2.5,ann@example.org
            2,,1985-12-24,0,bob@example.org
            3,"",,10,none
            3,"",,10,none
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aLineForEachColumnAndWhatDeservesALook() throws IOException {
        assertThat(Ran.millrace("profile", people())).isEqualTo(new Ran(0, """
                        4 rows, 5 columns, 1 duplicate row

                        column  type       null  distinct           min      median         max  values
                        id      int64         0         3             1         2.5           3  ▄    ▄   █
                        name    text     25.0 %         2                                   Ann   67 %
                        born    date     50.0 %         2    1985-12-24  1988-02-26  1990-05-01  █        █
                        fee     float64       0         3             0        6.25          10  ▄ ▄      █
                        mail    text          0         3  ann@example…                    none  none 50 %

                        Look at
                          born: mostly_null, 50.0 % of the cells are null
                          duplicate_rows, 1 of 4 rows are equal to an earlier one
                        """, ""));
    }

    @Test
    void aNarrowTerminalHasFewerFigures() throws IOException {
        Ran ran = Ran.in(OptionalInt.of(50), Cancellation.create(), "profile", people());

        assertThat(ran.out().lines().limit(7)).allMatch(line -> line.length() <= 50);
        assertThat(ran.out()).contains("column  type     ").doesNotContain("median");
    }

    @Test
    void jsonHasEveryFigure() throws IOException {
        Ran ran = Ran.millrace("profile", "--json", "--bins", "2", file("fee.csv", "fee\n1\n2\n6\n"));

        assertThat(ran).isEqualTo(new Ran(0, """
                        {
                          "millrace" : "profile",
                          "version" : 1,
                          "rows" : 3,
                          "rejected" : 0,
                          "duplicate_rows" : {
                            "value" : 0,
                            "precision" : "exact"
                          },
                          "columns" : [ {
                            "name" : "fee",
                            "type" : "int64",
                            "count" : 3,
                            "missing" : 0,
                            "not_missing" : 3,
                            "missing_ratio" : 0.0,
                            "errors" : 0,
                            "empty" : 0,
                            "distinct" : {
                              "value" : 3,
                              "precision" : "exact"
                            },
                            "min" : 1,
                            "max" : 6,
                            "sum" : 9.0,
                            "mean" : 3.0,
                            "standard_deviation" : 2.6457513110645907,
                            "variance" : 7.0,
                            "skewness" : 0.3239695482936233,
                            "kurtosis" : -2.3333333333333335,
                            "zeros" : 0,
                            "negatives" : 0,
                            "nans" : 0,
                            "infinities" : 0,
                            "quantiles" : {
                              "precision" : "exact",
                              "0.001" : 1.0,
                              "0.01" : 1.0,
                              "0.05" : 1.0,
                              "0.25" : 1.25,
                              "0.5" : 2.0,
                              "0.75" : 5.0,
                              "0.95" : 6.0,
                              "0.99" : 6.0,
                              "0.999" : 6.0
                            },
                            "whiskers" : {
                              "lower" : 1.0,
                              "upper" : 6.0
                            },
                            "histogram" : {
                              "precision" : "exact",
                              "bins" : [ {
                                "low" : 1.0,
                                "high" : 3.5,
                                "count" : 2
                              }, {
                                "low" : 3.5,
                                "high" : 6.0,
                                "count" : 1
                              } ]
                            },
                            "type_counts" : {
                              "int64" : 3
                            },
                            "top_values" : [ {
                              "value" : 1,
                              "count" : 1
                            }, {
                              "value" : 2,
                              "count" : 1
                            }, {
                              "value" : 6,
                              "count" : 1
                            } ],
                            "value_counts" : [ {
                              "value" : 1,
                              "count" : 1
                            }, {
                              "value" : 2,
                              "count" : 1
                            }, {
                              "value" : 6,
                              "count" : 1
                            } ],
                            "alerts" : [ ]
                          } ],
                          "correlations" : [ ],
                          "correlations_left_out" : 0,
                          "alerts" : [ ]
                        }
                        """, ""));
    }

    @Test
    void semanticTypesAreCountedWhenAskedFor() throws IOException {
        assertThat(Ran.millrace("profile", people(), "--semantic-types").out())
                .contains("  mail: 2 of 4 values have the form of email\n");
        assertThat(Ran.millrace("profile", people()).out()).doesNotContain("have the form of");
    }

    @Test
    void binsBeyondTheRangeAreRefused() {
        assertThat(Ran.millrace("profile", "x.csv", "--bins", "0"))
                .isEqualTo(
                        new Ran(2, "", "INVALID_ARGUMENT: Cannot use '0' as --bins: it must be between 1 and 1000\n"));
    }

    private String people() throws IOException {
        return file("people.csv", PEOPLE);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}
