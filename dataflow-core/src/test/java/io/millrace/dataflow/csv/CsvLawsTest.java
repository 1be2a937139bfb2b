package io.millrace.dataflow.csv;

import static io.millrace.dataflow.schema.DataTypes.BINARY;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.LineEnd;
import io.millrace.dataflow.format.TextEvidence;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.ReadReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** What is written reads back equal, in every dialect; and every record of any input is accounted for. */
class CsvLawsTest {
    private static final List<DataType> TYPES =
            List.of(TEXT, TEXT, INT64, FLOAT64, BOOL, DATE, TIMESTAMP, BINARY, decimal(20, 4));

    /** A table as texts that parse to its values, null for null. */
    record TextTable(Schema schema, List<List<@Nullable String>> rows) {}

    @Property(seed = "11", tries = 1_000)
    void whatIsWrittenReadsBackEqual(
            @ForAll("tables") TextTable table, @ForAll("dialects") CsvOptions dialect, @ForAll LineEnd lineEnd) {
        CsvOptions options = dialect.schema(table.schema());
        try (RootAllocator allocator = new RootAllocator();
                Batch expected = CsvWriterTest.batch(table.schema(), table.rows(), allocator)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (CsvWriter writer = CsvWriter.to(bytes, table.schema(), options).lineEnd(lineEnd)) {
                writer.write(expected);
            }
            List<List<@Nullable Object>> read = new ArrayList<>();
            try (RecordBlocks blocks = blocks(bytes.toByteArray(), options, table.schema())) {
                for (RecordBlock block = blocks.next(); block != null; block = blocks.next()) {
                    try (Batch batch = block.decode(allocator)) {
                        read.addAll(rows(batch));
                    }
                }
                assertThat(blocks.names()).isEqualTo(table.schema().names());
            }
            assertThat(read).isEqualTo(rows(expected));
        }
    }

    @Property(seed = "12", tries = 500)
    void everyRecordIsEmittedOrRejected(@ForAll("raggedTexts") String text, @ForAll("policies") ErrorPolicy policy) {
        CsvOptions options = CsvOptions.defaults().withoutHeader().errors(policy);
        String complete = "a,b\n" + text;
        long expected = complete.lines().filter(line -> !line.isEmpty()).count();
        long rows = 0;
        try (RecordBlocks blocks = blocks(
                complete.getBytes(StandardCharsets.UTF_8), options, Schema.of(Field.optional("Column2", TEXT)))) {
            for (RecordBlock block = blocks.next(); block != null; block = blocks.next()) {
                rows += block.size();
            }
            ReadReport report = blocks.report();
            assertThat(report.read()).isEqualTo(expected);
            assertThat(report.emitted()).isEqualTo(rows);
            assertThat(report.rejected()).isEqualTo(expected - rows);
            long ragged = complete.lines()
                    .filter(line -> !line.isEmpty()
                            && line.chars().filter(c -> c == ',').count() != 1)
                    .count();
            assertThat(report.rejected()).isEqualTo(policy instanceof ErrorPolicy.Drop ? ragged : 0);
        }
    }

    @Property(seed = "13", tries = 500)
    void anyInputIsReadToItsEndOrRefused(@ForAll("noise") String text) {
        CsvOptions options = CsvOptions.defaults().withoutHeader().errors(ErrorPolicy.keep());
        String complete = "a,b\n" + text;
        try (RecordBlocks blocks = blocks(
                complete.getBytes(StandardCharsets.UTF_8), options, Schema.of(Field.optional("Column1", TEXT)))) {
            for (RecordBlock block = blocks.next(); block != null; block = blocks.next()) {
                assertThat(block.size()).isPositive();
            }
            ReadReport report = blocks.report();
            assertThat(report.read()).isEqualTo(report.emitted());
        } catch (io.millrace.dataflow.error.DataflowException openQuote) {
            assertThat(openQuote).hasMessageContaining("is never closed");
        }
    }

    @Property(seed = "14", tries = 500)
    void anInferredTypeTakesEveryCellItWasInferredFrom(@ForAll("cellColumns") List<String> cells) {
        TextEvidence evidence = new TextEvidence();
        cells.forEach(evidence::observe);
        CellText.Parser parser = CellText.parser(evidence.type());
        assertThat(cells).filteredOn(cell -> !cell.isEmpty()).allMatch(cell -> parser.parse(cell, null, 0));
    }

    private static RecordBlocks blocks(byte[] bytes, CsvOptions options, Schema schema) {
        return RecordBlocks.open(
                new ByteArrayInputStream(bytes),
                "x.csv",
                options,
                Cancellation.create(),
                names -> new BlockDecoder(
                        RecordColumns.of(names, schema, options, "x.csv"), List.of("x.csv"), 0, "readCsv"));
    }

    private static List<List<@Nullable Object>> rows(Batch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int column = 0; column < batch.columns().size(); column++) {
                Object value = batch.cells(column).value(row);
                // Arrays are equal only to themselves.
                values.add(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
                assertThat(batch.cells(column).errors().isEmpty()).isTrue();
            }
            rows.add(values);
        }
        return rows;
    }

    @Provide
    Arbitrary<TextTable> tables() {
        return Arbitraries.of(TYPES).list().ofMinSize(1).ofMaxSize(5).flatMap(types -> {
            Arbitrary<List<String>> names = texts().filter(name -> !name.isBlank())
                    .list()
                    .ofSize(types.size())
                    .uniqueElements();
            Arbitrary<List<List<@Nullable String>>> rows = Combinators.combine(
                            types.stream().map(CsvLawsTest::cells).toList())
                    .as(cells -> cells)
                    .list()
                    .ofMaxSize(8);
            return Combinators.combine(names, rows).as((n, r) -> new TextTable(schema(n, types), r));
        });
    }

    private static Schema schema(List<String> names, List<DataType> types) {
        return Schema.of(IntStream.range(0, names.size())
                .mapToObj(i -> Field.optional(names.get(i), types.get(i)))
                .toList());
    }

    private static Arbitrary<@Nullable String> cells(DataType type) {
        Arbitrary<String> values = values(type).filter(text -> CellText.fits(text, type));
        return values.injectNull(0.2);
    }

    private static Arbitrary<String> values(DataType type) {
        if (type.equals(INT64)) {
            return Arbitraries.longs().map(String::valueOf);
        }
        if (type.equals(FLOAT64)) {
            return Arbitraries.doubles().map(String::valueOf);
        }
        if (type.equals(BOOL)) {
            return Arbitraries.of("true", "false");
        }
        if (type.equals(DATE)) {
            return Arbitraries.integers().between(-800_000, 3_000_000).map(day -> java.time.LocalDate.ofEpochDay(day)
                    .toString());
        }
        if (type.equals(TIMESTAMP)) {
            return Arbitraries.longs()
                    .between(-100_000_000_000L, 100_000_000_000L)
                    .map(second -> java.time.Instant.ofEpochSecond(second).toString());
        }
        if (type.equals(BINARY)) {
            return Arbitraries.of("", "00", "ff7f", "c3a9");
        }
        if (type instanceof DataType.Decimal) {
            return Arbitraries.longs()
                    .map(unscaled -> java.math.BigDecimal.valueOf(unscaled, 4).toPlainString());
        }
        return texts();
    }

    private static Arbitrary<String> texts() {
        Arbitrary<String> awkward = Arbitraries.of(
                "", "\"", "\"\"", ",", ";", "'", "\\", "\\\"", "\n", "\r", "\r\n", " ", "\t", "#", "NA", "x", "é", "𝄞",
                "\uFEFF", "0");
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, awkward.list().ofMaxSize(6).map(parts -> String.join("", parts))),
                net.jqwik.api.Tuple.of(
                        1,
                        Arbitraries.strings()
                                .excludeChars('\0')
                                .ofMaxLength(8)
                                .map(text ->
                                        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))));
    }

    @Provide
    Arbitrary<CsvOptions> dialects() {
        Arbitrary<Charset> encodings =
                Arbitraries.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
        return Combinators.combine(
                        Arbitraries.of(",", ";", "\t", "|", ", ", "||", "é", "0"),
                        Arbitraries.of('"', '\''),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(List.of(), List.of("NA", "0")),
                        encodings,
                        Arbitraries.of(true, false),
                        Arbitraries.of(0, 0, 2))
                .as((delimiter, quote, backslash, header, nullTokens, encoding, comment, skipped) -> {
                    CsvOptions options = CsvOptions.defaults()
                            .delimiter(delimiter)
                            .quote(quote)
                            .encoding(encoding)
                            .skipRows(skipped)
                            .nullTokens(nullTokens.toArray(new String[0]));
                    options = backslash ? options.escape('\\') : options;
                    options = header ? options : options.withoutHeader();
                    return comment ? options.comment('#') : options;
                });
    }

    @Provide
    Arbitrary<List<String>> cellColumns() {
        Arbitrary<String> number =
                Arbitraries.of("0", "-1", "9007199254740993", "9223372036854775807", "1e5", "0.5", "-0");
        Arbitrary<String> odd = Arbitraries.of("", "nan", "007", "+1", "1e999", "9223372036854775808", "-", ".", "1.");
        Arbitrary<String> time =
                Arbitraries.of("2024-03-01", "2024-03-01T12:00", "2024-03-01 12:00:00.5Z", "2024-02-30");
        Arbitrary<String> word = Arbitraries.of("true", "FALSE", "x", "n", "inf");
        return Arbitraries.oneOf(List.of(
                number.list().ofMaxSize(6),
                time.list().ofMaxSize(6),
                word.list().ofMaxSize(6),
                Arbitraries.oneOf(List.of(number, odd, time, word)).list().ofMaxSize(6)));
    }

    @Provide
    Arbitrary<String> raggedTexts() {
        Arbitrary<String> line = Arbitraries.of("", "1", "1,2", "1,2,3", ",", "x,", ",,,");
        return line.list().ofMaxSize(50).map(lines -> String.join("\n", lines));
    }

    @Provide
    Arbitrary<ErrorPolicy> policies() {
        return Arbitraries.of(ErrorPolicy.keep(), ErrorPolicy.drop(1_000));
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of("\"", "\"\"", ",", "\n", "\r", "\r\n", " ", "x", "\"x\"", "\",", "\"\n")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
