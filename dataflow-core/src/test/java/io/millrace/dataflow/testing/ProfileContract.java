package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.profile.ColumnProfile;
import io.millrace.dataflow.profile.Count;
import io.millrace.dataflow.profile.Precision;
import io.millrace.dataflow.profile.Profile;
import io.millrace.dataflow.profile.Quantiles;
import io.millrace.dataflow.schema.DataTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles. */
interface ProfileContract extends EngineFixture {
    @Test
    default void aProfileAsJsonIsTheSameOnEveryEngine() {
        Dataflow dataflow = rows("n", "t", "d: date")
                .of(3, "a", null, 1, null, null, 4, "b", null, 1, "a", null, 5, "", null)
                .withColumn("x", col("n").dividedBy(2));

        assertThat(dataflow.profile(engine(), options -> options.bins(2)).toJson())
                .isEqualToNormalizingNewlines("""
                {
                  "millrace" : "profile",
                  "version" : 1,
                  "rows" : 5,
                  "rejected" : 0,
                  "duplicate_rows" : {
                    "value" : 0,
                    "precision" : "exact"
                  },
                  "columns" : [ {
                    "name" : "n",
                    "type" : "int64",
                    "count" : 5,
                    "missing" : 0,
                    "not_missing" : 5,
                    "missing_ratio" : 0.0,
                    "errors" : 0,
                    "empty" : 0,
                    "distinct" : {
                      "value" : 4,
                      "precision" : "exact"
                    },
                    "min" : 1,
                    "max" : 5,
                    "sum" : 14.0,
                    "mean" : 2.8,
                    "standard_deviation" : 1.7888543819998317,
                    "variance" : 3.2,
                    "skewness" : 0.02515576474687297,
                    "kurtosis" : -2.0918750000000004,
                    "zeros" : 0,
                    "negatives" : 0,
                    "nans" : 0,
                    "infinities" : 0,
                    "quantiles" : {
                      "precision" : "exact",
                      "0.001" : 1.0,
                      "0.01" : 1.0,
                      "0.05" : 1.0,
                      "0.25" : 1.0,
                      "0.5" : 3.0,
                      "0.75" : 4.25,
                      "0.95" : 5.0,
                      "0.99" : 5.0,
                      "0.999" : 5.0
                    },
                    "whiskers" : {
                      "lower" : 1.0,
                      "upper" : 5.0
                    },
                    "histogram" : {
                      "precision" : "exact",
                      "bins" : [ {
                        "low" : 1.0,
                        "high" : 3.0,
                        "count" : 2
                      }, {
                        "low" : 3.0,
                        "high" : 5.0,
                        "count" : 3
                      } ]
                    },
                    "type_counts" : {
                      "int64" : 5
                    },
                    "top_values" : [ {
                      "value" : 1,
                      "count" : 2
                    }, {
                      "value" : 3,
                      "count" : 1
                    }, {
                      "value" : 4,
                      "count" : 1
                    }, {
                      "value" : 5,
                      "count" : 1
                    } ],
                    "value_counts" : [ {
                      "value" : 1,
                      "count" : 2
                    }, {
                      "value" : 3,
                      "count" : 1
                    }, {
                      "value" : 4,
                      "count" : 1
                    }, {
                      "value" : 5,
                      "count" : 1
                    } ],
                    "alerts" : [ ]
                  }, {
                    "name" : "t",
                    "type" : "text",
                    "count" : 5,
                    "missing" : 1,
                    "not_missing" : 4,
                    "missing_ratio" : 0.2,
                    "errors" : 0,
                    "empty" : 1,
                    "distinct" : {
                      "value" : 3,
                      "precision" : "exact"
                    },
                    "min" : "",
                    "max" : "b",
                    "text_lengths" : {
                      "shortest" : 0,
                      "longest" : 1,
                      "mean" : 0.75
                    },
                    "type_counts" : {
                      "text" : 4,
                      "null" : 1
                    },
                    "top_values" : [ {
                      "value" : "a",
                      "count" : 2
                    }, {
                      "value" : "",
                      "count" : 1
                    }, {
                      "value" : "b",
                      "count" : 1
                    } ],
                    "value_counts" : [ {
                      "value" : "a",
                      "count" : 2
                    }, {
                      "value" : "",
                      "count" : 1
                    }, {
                      "value" : "b",
                      "count" : 1
                    } ],
                    "alerts" : [ ]
                  }, {
                    "name" : "d",
                    "type" : "date",
                    "count" : 5,
                    "missing" : 5,
                    "not_missing" : 0,
                    "missing_ratio" : 1.0,
                    "errors" : 0,
                    "empty" : 0,
                    "distinct" : {
                      "value" : 0,
                      "precision" : "exact"
                    },
                    "type_counts" : {
                      "null" : 5
                    },
                    "top_values" : [ ],
                    "alerts" : [ {
                      "kind" : "all_null",
                      "evidence" : "all 5 cells are null"
                    } ]
                  }, {
                    "name" : "x",
                    "type" : "float64",
                    "count" : 5,
                    "missing" : 0,
                    "not_missing" : 5,
                    "missing_ratio" : 0.0,
                    "errors" : 0,
                    "empty" : 0,
                    "distinct" : {
                      "value" : 4,
                      "precision" : "exact"
                    },
                    "min" : 0.5,
                    "max" : 2.5,
                    "sum" : 7.0,
                    "mean" : 1.4,
                    "standard_deviation" : 0.8944271909999159,
                    "variance" : 0.8,
                    "skewness" : 0.02515576474687297,
                    "kurtosis" : -2.0918750000000004,
                    "zeros" : 0,
                    "negatives" : 0,
                    "nans" : 0,
                    "infinities" : 0,
                    "quantiles" : {
                      "precision" : "exact",
                      "0.001" : 0.5,
                      "0.01" : 0.5,
                      "0.05" : 0.5,
                      "0.25" : 0.5,
                      "0.5" : 1.5,
                      "0.75" : 2.125,
                      "0.95" : 2.5,
                      "0.99" : 2.5,
                      "0.999" : 2.5
                    },
                    "whiskers" : {
                      "lower" : 0.5,
                      "upper" : 2.5
                    },
                    "histogram" : {
                      "precision" : "exact",
                      "bins" : [ {
                        "low" : 0.5,
                        "high" : 1.5,
                        "count" : 2
                      }, {
                        "low" : 1.5,
                        "high" : 2.5,
                        "count" : 3
                      } ]
                    },
                    "type_counts" : {
                      "float64" : 5
                    },
                    "top_values" : [ {
                      "value" : 0.5,
                      "count" : 2
                    }, {
                      "value" : 1.5,
                      "count" : 1
                    }, {
                      "value" : 2.0,
                      "count" : 1
                    }, {
                      "value" : 2.5,
                      "count" : 1
                    } ],
                    "value_counts" : [ {
                      "value" : 0.5,
                      "count" : 2
                    }, {
                      "value" : 1.5,
                      "count" : 1
                    }, {
                      "value" : 2.0,
                      "count" : 1
                    }, {
                      "value" : 2.5,
                      "count" : 1
                    } ],
                    "alerts" : [ ]
                  } ],
                  "correlations" : [ {
                    "left" : "n",
                    "right" : "x",
                    "coefficient" : 1.0,
                    "rows" : 5
                  } ],
                  "correlations_left_out" : 0,
                  "alerts" : [ ]
                }""");
    }

    @Test
    default void errorValuesAreCountedAndNothingElse() {
        ColumnProfile column = rows("t")
                .of("1", "x", null, "3", "x")
                .cast("t", DataTypes.INT64)
                .profile(engine())
                .column("t");

        assertThat(column.counts().rows()).isEqualTo(5);
        assertThat(column.counts().nulls()).isEqualTo(1);
        assertThat(column.counts().errors()).isEqualTo(2);
        assertThat(column.counts().values()).isEqualTo(2);
        assertThat(column.distinct()).isEqualTo(Count.exact(2));
        assertThat(column.typeCounts())
                .containsExactly(Map.entry("int64", 2L), Map.entry("null", 1L), Map.entry("error", 2L));
    }

    @Test
    default void manySmallInputsMakeOneProfile() {
        Dataflow all = rows("n").of(0);
        for (int i = 1; i < 80; i++) {
            all = all.union(rows("n").of(i % 10, i % 10));
        }
        ColumnProfile column = all.profile(engine()).column("n");

        assertThat(column.counts().rows()).isEqualTo(159);
        assertThat(column.valueCounts()).hasSize(10);
        assertThat(column.quantiles().orElseThrow().median()).isEqualTo(5);
    }

    @Test
    default void aLargerFileIsCountedExactlyAndEstimatedWell(@TempDir Path directory) throws IOException {
        StringBuilder content = new StringBuilder("id,half,word\n");
        for (int i = 0; i < 60_000; i++) {
            content.append(i)
                    .append(',')
                    .append(i % 500)
                    .append(",w")
                    .append(i % 7 == 0 ? -1 : i)
                    .append('\n');
        }
        Path file = directory.resolve("larger.csv");
        Files.writeString(file, content);

        Profile profile = Dataflow.readCsv(file.toString()).profile(engine());
        ColumnProfile id = profile.column("id");
        Quantiles half = profile.column("half").quantiles().orElseThrow();

        assertThat(profile.rowCount()).isEqualTo(60_000);
        assertThat(profile.duplicateRows()).isEqualTo(Count.exact(0));
        assertThat(id.smallest()).contains(0L);
        assertThat(id.largest()).contains(59_999L);
        assertThat(id.distinct().precision()).isEqualTo(Precision.ESTIMATED);
        assertThat(id.distinct().value()).isCloseTo(60_000, within(1_800L));
        assertThat(id.moments().orElseThrow().mean()).isCloseTo(29_999.5, within(1e-6));
        assertThat(id.moments().orElseThrow().variance()).isCloseTo(300_005_000.0, within(1e-3));
        assertThat(id.quantiles().orElseThrow().median()).isCloseTo(29_999.5, within(150.0));
        assertThat(half.precision()).isEqualTo(Precision.EXACT);
        assertThat(half.at(0.01)).isEqualTo(4.5);
        assertThat(profile.column("word").topValues().get(0).value()).isEqualTo("w-1");
    }

    @Test
    default void noRowsHaveAProfileOfTheirColumns() {
        Profile profile = rows("n: int64", "t: text").none().profile(engine());

        assertThat(profile.rowCount()).isZero();
        assertThat(profile.columns()).extracting(ColumnProfile::name).containsExactly("n", "t");
    }
}
