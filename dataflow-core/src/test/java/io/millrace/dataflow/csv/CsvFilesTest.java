package io.millrace.dataflow.csv;

import static io.millrace.dataflow.csv.CsvFixture.row;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.csv.CsvFixture.Result;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.FileColumns;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files whose headers differ, and columns that say where rows are from. */
class CsvFilesTest {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();
    private static final CsvOptions UNION = DEFAULTS.columns(FileColumns.UNION);
    private static final CsvOptions INTERSECTION = DEFAULTS.columns(FileColumns.INTERSECTION);
    private static final CsvOptions POSITION = DEFAULTS.columns(FileColumns.POSITION);

    @TempDir
    private Path directory;

    private CsvFixture files;

    @BeforeEach
    void openDirectory() {
        files = new CsvFixture(directory);
    }

    @Test
    void filesMustHaveTheSameColumnsUnlessToldOtherwise() {
        files.write("1.csv", "species,mass\n1,2\n").write("2.csv", "mass,c\n3,4\n");
        files.assertFails(() -> files.infer("*.csv"), """
                MISSING_COLUMN: Cannot find column 'species' in DIR/2.csv
                  Columns there: mass, c""");
    }

    @Test
    void aUnionHasTheColumnsOfAllFilesAndNullsWhereOneLacksThem() {
        files.write("1.csv", "a,b\n1,2\n").write("2.csv", "c,b\nx,2.5\n").write("3.csv", "d\n7\n");
        assertThat(files.infer("*.csv", UNION).toString()).isEqualTo("a: int64, b: float64, c: text, d: int64");
        assertThat(files.readInferred("*.csv", UNION).rows())
                .containsExactly(row(1L, 2.0, null, null), row(null, 2.5, "x", null), row(null, null, null, 7L));
    }

    @Test
    void aDeclaredSchemaMayHaveColumnsThatSomeFilesLack() {
        files.write("1.csv", "a\n1\n").write("2.csv", "b\n2\n");
        Schema schema = Schema.of(Field.optional("b", INT64), Field.optional("a", INT64));
        assertThat(files.readInferred("*.csv", UNION.schema(schema)).rows())
                .containsExactly(row(null, 1L), row(2L, null));
    }

    @Test
    void anIntersectionHasTheColumnsThatAllFilesHave() {
        files.write("1.csv", "a,b,c\n1,2,3\n").write("2.csv", "c,x,a\n4.5,5,6\n");
        assertThat(files.infer("*.csv", INTERSECTION).toString()).isEqualTo("a: int64, c: float64");
        assertThat(files.readInferred("*.csv", INTERSECTION).rows()).containsExactly(row(1L, 3.0), row(6L, 4.5));
        files.write("3.csv", "z\n1\n");
        files.assertFails(() -> files.infer("*.csv", INTERSECTION), """
                MISSING_COLUMN: Cannot find a column that all files of DIR/*.csv have
                  Columns of DIR/1.csv: a, b, c""");
    }

    @Test
    void byPositionTheFirstFileNamesTheColumns() {
        files.write("1.csv", "a,b\n1,2\n").write("2.csv", "A,x\n3,4.5\n");
        Schema schema = files.infer("*.csv", POSITION);
        assertThat(schema.toString()).isEqualTo("a: int64, b: float64");
        CsvOptions bound = POSITION.bound(schema);
        assertThat(files.read("*.csv", bound, Schema.of(schema.field(1))).rows())
                .containsExactly(row(2.0), row(4.5));
    }

    @Test
    void byPositionColumnsInAnotherOrderAreRefused() {
        files.write("1.csv", "a,b\n1,2\n").write("2.csv", "b,x\n3,4\n");
        String message = """
                MISSING_COLUMN: Cannot find columns by their position in DIR/2.csv: 'b' should be column 2 and is column 1
                  Columns expected: a, b
                  Columns there: b, x
                  Find them by name, without csv.columns(FileColumns.POSITION)""";
        files.assertFails(() -> files.infer("*.csv", POSITION), message);
        Schema schema = Schema.of(Field.optional("a", TEXT), Field.optional("b", TEXT));
        files.assertFails(() -> files.read("*.csv", POSITION.bound(schema), schema), message);
        files.write("2.csv", "a,b,c\n3,4,5\n");
        files.assertFails(() -> files.infer("*.csv", POSITION), """
                MISSING_COLUMN: Cannot find columns by their position in DIR/2.csv: it has 3 and should have 2
                  Columns expected: a, b
                  Columns there: a, b, c""");
    }

    @Test
    void aFileWithoutItsHeaderIsSuspected() {
        files.write("1.csv", "mass,species\n1,2\n").write("2.csv", "3,x\n4,y\n");
        files.assertFails(() -> files.infer("*.csv"), """
                MISSING_COLUMN: Cannot find columns 'mass', 'species' in DIR/2.csv
                  Columns there: 3, x
                  The file may have no header, as '3' is like a value""");
    }

    @Test
    void rowsMaySayTheirFileAndRecord() {
        files.write("1.csv", "a\n1\n2\n").write("2.csv", "a\n3\n");
        CsvOptions options = DEFAULTS.pathColumn("file").recordColumn("record");
        assertThat(files.infer("*.csv", options).toString())
                .isEqualTo("a: int64, file: text not null, record: int64 not null");
        Result result = files.readInferred("*.csv", options);
        assertThat(result.rows())
                .containsExactly(
                        row(1L, files.display("1.csv"), 1L),
                        row(2L, files.display("1.csv"), 2L),
                        row(3L, files.display("2.csv"), 1L));
        Schema some = Schema.of(Field.required("record", INT64), Field.optional("a", FLOAT64));
        assertThat(files.read("*.csv", options, some).rows()).containsExactly(row(1L, 1.0), row(2L, 2.0), row(1L, 3.0));
        Schema none = Schema.of(Field.required("file", TEXT));
        assertThat(files.read("2.csv", options, none).rows()).containsExactly(row(files.display("2.csv")));
    }

    @Test
    void addedColumnsFollowDeclaredOnes() {
        files.write("1.csv", "1,2\n");
        Schema schema = Schema.of(Field.optional("x", INT64), Field.optional("y", INT64));
        CsvOptions options = DEFAULTS.withoutHeader().schema(schema).pathColumn("file");
        assertThat(files.readInferred("1.csv", options).rows()).containsExactly(row(1L, 2L, files.display("1.csv")));
    }
}
