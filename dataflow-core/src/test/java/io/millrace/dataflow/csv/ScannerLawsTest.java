package io.millrace.dataflow.csv;

import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.csv.scan.CellOrigin;
import io.millrace.dataflow.csv.scan.ScanDialect;
import io.millrace.dataflow.csv.scan.ScanReader;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.Block;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.ReadReport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.RootAllocator;

/** The scanner reads what the tolerant reader reads, which lets Univocity's parser take every record apart. */
class ScannerLawsTest {
    private static final String FILE = "x.csv";

    @Property(seed = "21", tries = 2_500)
    void whatIsWellFormedIsReadAlike(@ForAll("documents") String document, @ForAll("dialects") CsvOptions dialect) {
        String text = document.replace('Q', dialect.quote().orElseThrow())
                .replace("D", dialect.delimiter())
                .replace('E', dialect.escape().orElseThrow());
        compare(text.getBytes(StandardCharsets.UTF_8), dialect);
    }

    @Property(seed = "22", tries = 2_500)
    void whateverTheBytesAreTheyAreReadAlike(@ForAll("noise") byte[] bytes, @ForAll("dialects") CsvOptions dialect) {
        // Univocity's parser loses records behind a stray quote that an escape follows.
        compare(bytes, dialect.escape(dialect.quote().orElseThrow()));
    }

    private static void compare(byte[] bytes, CsvOptions options) {
        String found = outcome(() -> scanner(bytes, options));
        String expected = outcome(() -> tolerantReader(bytes, options));
        if (expected.startsWith("INVALID_ENCODING")
                && (options.comment().isPresent() || found.startsWith("MALFORMED_ROW"))) {
            // The scanner does not look into comments, and names the first record that is malformed in any way.
            return;
        }
        assertThat(found)
                .as(() -> shown(bytes) + " by " + options.delimiter() + options.quote() + options.escape()
                        + options.comment() + options.nullTokens())
                .isEqualTo(expected);
    }

    private static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0");
    }

    private static String outcome(Supplier<SplitReader> opened) {
        try (SplitReader reader = opened.get()) {
            return rows(reader);
        } catch (DataflowException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private static SplitReader scanner(byte[] bytes, CsvOptions options) {
        FileHead head = FileHead.read(
                new ByteArrayInputStream(bytes),
                FILE,
                options,
                ScanDialect.of(options).orElseThrow());
        List<Integer> positions =
                IntStream.range(0, head.names().size()).boxed().toList();
        return new ScanReader(
                head.records(Cancellation.create(), Long.MAX_VALUE),
                head.text(),
                head.shape(),
                new ScanReader.Columns(
                        head.names(), texts(head.names()), positions, new CellOrigin(List.of(FILE), 0, "readCsv")));
    }

    private static SplitReader tolerantReader(byte[] bytes, CsvOptions options) {
        return RecordBlocks.open(
                new ByteArrayInputStream(bytes),
                FILE,
                options,
                Cancellation.create(),
                names -> new BlockDecoder(
                        RecordColumns.of(names, texts(names), options, FILE), List.of(FILE), 0, "readCsv"));
    }

    private static Schema texts(List<String> names) {
        return Schema.of(names.stream().map(name -> Field.optional(name, TEXT)).toList());
    }

    /** Every cell with its record, and the account of them. */
    private static String rows(SplitReader reader) {
        StringBuilder text = new StringBuilder();
        try (RootAllocator allocator = new RootAllocator()) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
                try (Batch batch = block.decode(allocator)) {
                    block.account();
                    append(batch, text);
                }
            }
        }
        ReadReport report = reader.report();
        text.append(report.read()).append(' ').append(report.emitted());
        List<String> rejections = new ArrayList<>();
        report.rejections().forEach(r -> rejections.add(r.record() + ":" + r.line() + ":" + r.reason()));
        return text.append(rejections).toString();
    }

    private static void append(Batch batch, StringBuilder text) {
        for (int row = 0; row < batch.rowCount(); row++) {
            text.append(batch.positions().orElseThrow().record(row)).append(": ");
            for (int column = 0; column < batch.columns().size(); column++) {
                text.append('<')
                        .append(batch.cells(column).value(row))
                        .append(batch.cells(column)
                                .errors()
                                .at(row)
                                .map(Object::toString)
                                .orElse(""))
                        .append('>');
            }
            text.append('\n');
        }
    }

    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> plain =
                Arbitraries.of("", "x", "12", " a b ", "é", "𝄞", "NA", "a long text of words", "x#", "t\t");
        Arbitrary<String> quoted = Arbitraries.of(
                        "", "x", "D", "EQ", "\n", "\r\n", "\r", "# ", "é", "NA", "EQEQ", "a\nb\nc")
                .list()
                .ofMaxSize(4)
                .map(parts -> "Q" + String.join("", parts) + "Q");
        Arbitrary<String> cell =
                Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, plain), net.jqwik.api.Tuple.of(2, quoted));
        return Arbitraries.integers().between(1, 4).flatMap(width -> {
            Arbitrary<String> record = cell.list().ofSize(width).map(cells -> String.join("D", cells));
            Arbitrary<String> header =
                    Arbitraries.of("a", "b", "Qc\nQ").list().ofSize(width).map(h -> String.join("D", h));
            Arbitrary<String> line = Combinators.combine(record, Arbitraries.of("\n", "\r\n", "\r", "\n\n"))
                    .as((r, end) -> r + end);
            return Combinators.combine(header, line.list().ofMaxSize(12).map(lines -> String.join("", lines)), record)
                    .as((h, body, last) -> h + "\n" + body + last);
        });
    }

    @Provide
    Arbitrary<byte[]> noise() {
        Arbitrary<String> part = Arbitraries.of(
                "\"",
                "\"\"",
                "'",
                ",",
                ";",
                "\n",
                "\r",
                "\r\n",
                " ",
                "x",
                "\"x\"",
                "\",",
                "\"\n",
                "\\",
                "#",
                "\t",
                "\0",
                "\u00e9",
                "\u00c3\u00a9",
                "\u00e2\u0082",
                "NA",
                "\",\"",
                "a,b\n");
        return part.list().ofMaxSize(40).map(parts -> ("a,b\n" + String.join("", parts))
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Provide
    Arbitrary<CsvOptions> dialects() {
        return Combinators.combine(
                        Arbitraries.of(',', ';', '\t'),
                        Arbitraries.of('"', '\''),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(List.of(), List.of("NA", "x")),
                        Arbitraries.of(true, false),
                        Arbitraries.of(ErrorPolicy.fail(), ErrorPolicy.keep(), ErrorPolicy.drop(1_000)))
                .as((delimiter, quote, backslash, header, tokens, comment, policy) -> {
                    CsvOptions options = CsvOptions.defaults()
                            .delimiter(delimiter)
                            .quote(quote)
                            .nullTokens(tokens.toArray(new String[0]))
                            .errors(policy);
                    options = backslash ? options.escape('\\') : options;
                    options = header ? options : options.withoutHeader();
                    return comment ? options.comment('#') : options;
                });
    }
}
