package io.millrace.dataflow.csv;

import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.format.LineEnd;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvWriterTest {
    private static final Schema SCHEMA = Schema.of(Field.optional("a", TEXT), Field.optional("b", INT64));

    @Test
    void onlyWhatNeedsQuotesIsQuoted() {
        assertThat(written(
                        CsvOptions.defaults(),
                        SCHEMA,
                        row("plain", "1"),
                        row("", null),
                        row(null, "2"),
                        row("a,b", "3"),
                        row("say \"hi\"", "4"),
                        row("x\ny\rz", "5"),
                        row(" #; ", "-6"),
                        row("\uFEFFbom", "7")))
                .isEqualTo("""
                        a,b
                        plain,1
                        "",
                        ,2
                        "a,b",3
                        "say ""hi""\",4
                        "x
                        y\rz",5
                         #; ,-6
                        "\uFEFFbom",7
                        """);
    }

    @Test
    void dialectsAreFollowed() {
        CsvOptions options = CsvOptions.defaults()
                .delimiter(';')
                .quote('\'')
                .escape('\\')
                .comment('#')
                .nullTokens("NA", "0")
                .withoutHeader();
        assertThat(written(options, SCHEMA, row("a;b", "0"), row("it's a \\", "1"), row("#", "2"), row("NA", null)))
                .isEqualTo("'a;b';'0'\n'it\\'s a \\\\';1\n'#';2\n'NA';\n");
    }

    @Test
    void linesEndAsAsked() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                CsvWriter writer =
                        CsvWriter.to(bytes, SCHEMA, CsvOptions.defaults()).lineEnd(LineEnd.CRLF);
                Batch batch = batch(SCHEMA, List.of(row("x\ny", "1")), allocator)) {
            writer.write(batch);
        }
        assertThat(bytes.toString(UTF_8)).isEqualTo("a,b\r\n\"x\ny\",1\r\n");
    }

    @Test
    void skippedLinesAreEmptyOnes() {
        assertThat(written(CsvOptions.defaults().skipRows(2), SCHEMA, row("x", "1")))
                .isEqualTo("\n\na,b\nx,1\n");
    }

    @Test
    void aCellThatCouldBeTakenForABeginningOfALongDelimiterIsQuoted() {
        assertThat(written(CsvOptions.defaults().delimiter("||"), SCHEMA, row("a|", "1"), row("b", null)))
                .isEqualTo("a||b\n\"a|\"||1\nb||\n");
    }

    @Test
    void cellsThatNeedQuotesAreRefusedWhereThereAreNone() {
        assertThatThrownBy(() -> written(CsvOptions.defaults().withoutQuote(), SCHEMA, row("a,\nb", "1")))
                .hasMessage(
                        "INVALID_ARGUMENT: Cannot write 'a,\\nb' in column 'a' without quotes: it would not read back as it is\n"
                                + "  Set a quote, or a delimiter that no cell holds");
    }

    @Test
    void aFileWithoutRowsHasItsHeader() {
        assertThat(written(CsvOptions.defaults(), SCHEMA)).isEqualTo("a,b\n");
    }

    @Test
    void errorsAreWrittenAsNulls() throws IOException {
        Schema schema = Schema.of(Field.optional("a", FLOAT64));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                CsvWriter writer = CsvWriter.to(bytes, schema, CsvOptions.defaults())) {
            FieldVector vector = ArrowTypes.vector("a", FLOAT64, allocator);
            vector.allocateNew();
            vector.setValueCount(1);
            CellErrors errors = CellErrors.builder()
                    .add(0, new CellError(CellError.Code.CAST, "x", "", 0, "cast"))
                    .build();
            try (Batch batch = Batch.of(schema, List.of(Cells.of(FLOAT64, vector, errors)), 1, null)) {
                writer.write(batch);
            }
        }
        assertThat(bytes.toString(UTF_8)).isEqualTo("a\n\n");
    }

    @Test
    void charactersThatTheEncodingLacksAreRefused() {
        assertThatThrownBy(() -> written(CsvOptions.defaults().encoding(ISO_8859_1), SCHEMA, row("\u4E2D", "1")))
                .hasMessage(
                        "INVALID_ENCODING: Cannot write a character that ISO-8859-1 does not have\n  Write in UTF-8");
    }

    @Test
    void failuresOfTheStreamAreNamed() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        CsvWriter writer = CsvWriter.to(full, SCHEMA, CsvOptions.defaults());
        assertThatThrownBy(writer::close).hasMessage("IO_FAILED: Cannot write CSV: No space left on device");
        writer.close();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static String written(CsvOptions options, Schema schema, List<@Nullable String>... rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                CsvWriter writer = CsvWriter.to(bytes, schema, options);
                Batch batch = batch(schema, List.of(rows), allocator)) {
            writer.write(batch);
        }
        return bytes.toString(options.encoding());
    }

    static Batch batch(Schema schema, List<List<@Nullable String>> rows, BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            DataType type = schema.field(column).type();
            FieldVector vector = ArrowTypes.vector(schema.field(column).name(), type, allocator);
            vector.allocateNew();
            for (int row = 0; row < rows.size(); row++) {
                String text = rows.get(row).get(column);
                assertThat(text == null || CellText.parse(text, type, vector, row))
                        .isTrue();
            }
            vector.setValueCount(rows.size());
            columns.add(Cells.of(type, vector, CellErrors.none()));
        }
        return Batch.of(schema, columns, rows.size(), null);
    }

    static List<@Nullable String> row(@Nullable String... cells) {
        return Arrays.asList(cells);
    }
}
