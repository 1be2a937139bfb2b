package io.millrace.dataflow.csv;

import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvInferenceTest {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();

    @TempDir
    private Path directory;

    private CsvFixture files;

    @BeforeEach
    void openDirectory() {
        files = new CsvFixture(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true FALSE True | bool",
                "true 1 | text",
                "1 -2 0 9223372036854775807 | int64",
                "-0 | int64",
                "1 2.5 | float64",
                "1 1e3 | float64",
                "-.5 1. | float64",
                "1 NaN | float64",
                "1.5 -inf Infinity | float64",
                "1 -inf x | text",
                "9007199254740992 0.5 | float64",
                "9007199254740993 0.5 | text",
                "0.5 9007199254740993 | text",
                "9223372036854775808 | text",
                "12345678901234567890 1 | text",
                "007 1 | text",
                "1 007 | text",
                "00.5 | text",
                "0.5 0 | float64",
                "+49 1 | text",
                "1e999 | text",
                "1,5 | text",
                "1d | text",
                "0x1F | text",
                "2024-03-01 1999-12-31 | date",
                "2024-03-01 2024-03-01T12:00:00Z | timestamp",
                "2024-03-01T12:00 2024-03-01T12:00:00.5+02:00 | timestamp",
                "2024-02-30 | text",
                "2024-03-01 12 | text",
                "1/8/1990 | text",
                "01.02.2003 | text",
                "-0001-12-31 2024-01-01 | date",
                "nanny | text",
                "x 1 true | text",
                "- | text",
            })
    void everyValueNarrowsTheType(String values, String type) {
        files.write("birds.csv", "x,y\n\"" + values.strip().replace(" ", "\",1\n\"") + "\",1\n,1\n\"\",1\n");
        assertThat(files.infer("birds.csv").toString()).isEqualTo("x: " + type + ", y: int64");
    }

    @Test
    void theLastOfManyRecordsStillCounts() {
        files.write("birds.csv", "x,y\n" + "1,2\n".repeat(20_000) + "a,2\n");
        assertThat(files.infer("birds.csv").toString()).isEqualTo("x: text, y: int64");
        assertThat(files.infer("birds.csv", DEFAULTS.inferFrom(20_000)).toString())
                .isEqualTo("x: int64, y: int64");
        assertThat(files.infer("birds.csv", DEFAULTS.inferFrom(20_001)).toString())
                .isEqualTo("x: text, y: int64");
    }

    @Test
    void aColumnOfNullsIsText() {
        files.write("birds.csv", "x,y,z\n,NA,\"\"\n,NA,\n");
        assertThat(files.infer("birds.csv", DEFAULTS.nullTokens("NA")).toString())
                .isEqualTo("x: text, y: text, z: text");
    }

    @Test
    void nullTokensSayNothingAboutTheType() {
        files.write("birds.csv", "x,y\n1,NA\n?,2.5\n");
        assertThat(files.infer("birds.csv", DEFAULTS.nullTokens("NA", "?")).toString())
                .isEqualTo("x: int64, y: float64");
    }

    @Test
    void declaredOptionsComeFirst() {
        files.write("birds.csv", "x,y\n1,2\n");
        assertThat(files.infer("birds.csv", DEFAULTS.allText()).toString()).isEqualTo("x: text, y: text");
        Schema declared = Schema.of(Field.optional("z", DATE));
        assertThat(files.infer("birds.csv", DEFAULTS.schema(declared))).isEqualTo(declared);
    }

    @Test
    void allFilesNarrowAndMayOrderTheirColumnsDifferently() {
        files.write("1.csv", "x,y\n1,2\n").write("2.csv", "y,x\n1.5,3\n");
        assertThat(files.infer("*.csv").toString()).isEqualTo("x: int64, y: float64");
        assertThat(files.infer("*.csv", DEFAULTS.inferFrom(1)).toString()).isEqualTo("x: int64, y: int64");
    }

    @Test
    void filesWithOtherColumnsAreRefused() {
        files.write("1.csv", "x,y\n1,2\n").write("2.csv", "x\n3\n");
        assertThatThrownBy(() -> files.infer("*.csv"))
                .hasMessage("MISSING_COLUMN: Cannot find column 'y' in " + files.display("2.csv")
                        + "\n  Did you mean 'x'?\n  Columns there: x");
        files.write("1.csv", "x,y\n1,2\n").write("2.csv", "x,y,height\n3,4,5\n");
        assertThatThrownBy(() -> files.infer("*.csv"))
                .hasMessage("MISSING_COLUMN: Cannot find column 'height' in " + files.display("1.csv")
                        + "\n  Columns there: x, y");
    }

    @Test
    void raggedRecordsFollowThePolicy() {
        files.write("birds.csv", "x,y\n1\n2,3,4\n");
        assertThatThrownBy(() -> files.infer("birds.csv"))
                .hasMessageStartingWith("MALFORMED_ROW: Cannot read record 1 of ");
        for (ErrorPolicy policy : List.of(ErrorPolicy.keep(), ErrorPolicy.drop(2))) {
            assertThat(files.infer("birds.csv", DEFAULTS.errors(policy)).names())
                    .containsExactly("x", "y");
        }
        assertThat(files.infer("birds.csv", DEFAULTS.errors(ErrorPolicy.keep())).toString())
                .isEqualTo("x: int64, y: int64");
    }

    @Test
    void theFirstValueThatRuledOutEachTypeIsKept() {
        files.write("1.csv", "x,y\n" + "1,a\n".repeat(9_000) + "2.5,b\n" + "NA,c\nNA,d\n");
        files.write("2.csv", "y,x\n,3.5\n,nope\n");
        InferenceReport report = files.inferred("*.csv", DEFAULTS.nullTokens("NA"));
        InferenceReport.Column x = report.columns().get(0);
        String first = files.display("1.csv");
        String second = files.display("2.csv");
        assertThat(x.field()).isEqualTo(Field.optional("x", TEXT));
        assertThat(x.values()).hasValue(9_003);
        assertThat(x.nulls()).hasValue(2);
        assertThat(x.ruledOut())
                .extracting(Object::toString)
                .containsExactly(
                        "no bool since record 1 of " + first + ": '1'",
                        "no date since record 1 of " + first + ": '1'",
                        "no timestamp since record 1 of " + first + ": '1'",
                        "no int64 since record 9,001 of " + first + ": '2.5'",
                        "no float64 since record 2 of " + second + ": 'nope'");
        assertThat(x.remark()).hasValue("no float64 since record 2 of " + second + ": 'nope'");
    }

    @Test
    void aColumnWhoseFirstValueIsTextNeedsNoRemark() {
        files.write("birds.csv", "x,y,z\n\"abc\",1,\n12,2,\"\"\n");
        InferenceReport report = files.inferred("birds.csv", DEFAULTS);
        assertThat(report.columns()).extracting(InferenceReport.Column::remark).containsOnly(Optional.empty());
        assertThat(report.columns().get(2).values()).hasValue(1);
        assertThat(report.columns().get(2).nulls()).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1/8/1990 2/8/90 | may be dates, day and month may be either way round | true",
                "1/8/1990 13/8/90 | may be dates, the day is first | false",
                "1.8.1990 2.28.1990 | may be dates, the month is first | false",
                "1-28-1990 28-1-1990 | may be dates, 1 have their day first and 1 their month | true",
            })
    void datesOfAnotherOrderStayTextAndAreReported(String values, String remark, boolean ambiguous) {
        files.write("birds.csv", "x\n" + values.strip().replace(" ", "\n") + "\n");
        InferenceReport.Column x =
                files.inferred("birds.csv", DEFAULTS).columns().get(0);
        assertThat(x.field().type()).isEqualTo(TEXT);
        assertThat(x.remark()).hasValue(remark);
        assertThat(x.dates().orElseThrow().isAmbiguous()).isEqualTo(ambiguous);
    }

    @Test
    void aTextAmongDatesOfAnotherOrderMakesThemText() {
        files.write("birds.csv", "x\n1/8/1990\n1/8/1991\nlate\n");
        assertThat(files.inferred("birds.csv", DEFAULTS).columns().get(0).dates())
                .isEmpty();
    }

    @Test
    void filesThatDidNotChangeAreJudgedOnceByAnEngine() {
        files.write("birds.csv", "x\n1\n");
        try (LocalEngine engine = LocalEngine.create()) {
            InferenceReport report = engine.inferenceReport(files.source("birds.csv"), DEFAULTS, Cancellation.create());
            assertThat(engine.inferenceReport(files.source("birds.csv"), CsvOptions.defaults(), Cancellation.create()))
                    .isSameAs(report);
            assertThat(engine.inferSchema(files.source("birds.csv"), DEFAULTS.nullTokens("1"), Cancellation.create())
                            .toString())
                    .isEqualTo("x: text");
            files.write("birds.csv", "x\n12.5\n");
            assertThat(engine.inferSchema(files.source("birds.csv"), DEFAULTS, Cancellation.create())
                            .toString())
                    .isEqualTo("x: float64");
        }
    }

    @Test
    void emptyFilesAreRefused() {
        files.write("birds.csv", "");
        assertThatThrownBy(() -> files.infer("birds.csv"))
                .hasMessage("EMPTY_SOURCE: Cannot read " + files.display("birds.csv")
                        + ": it is empty\n  A CSV file has at least a header record");
    }
}
