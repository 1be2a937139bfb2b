package io.millrace.dataflow.csv;

import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.Block;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.format.SplitSummary;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.apache.arrow.memory.RootAllocator;

/** However a file is divided, its splits have its records, each once, with the numbers, lines and bytes of the whole. */
class CsvSplitsLawsTest {
    private static final Reading READING = new Reading(SourceAccess.with(Credentials.none()), Cancellation.create());

    @Property(seed = "41", tries = 1_500)
    void splitsHaveTheRecordsOfTheWhole(
            @ForAll("noise") byte[] bytes,
            @ForAll("dialects") CsvOptions options,
            @ForAll @LongRange(min = 1, max = 30) long target)
            throws IOException {
        Path path = Files.createTempFile("millrace", ".csv");
        try {
            Files.write(path, bytes);
            List<SourceFile> files = READING.access().list(Source.file(path.toString()), READING.cancellation());
            Schema schema = Schema.of(Field.optional("a", TEXT), Field.optional("b", TEXT));
            CsvScan scan = CsvScan.of(files, options, schema, "readCsv");
            assertThat(read(scan, target))
                    .as(() -> new String(bytes, StandardCharsets.ISO_8859_1)
                            .replace("\n", "\\n")
                            .replace("\r", "\\r"))
                    .isEqualTo(read(scan, Long.MAX_VALUE));
        } finally {
            Files.delete(path);
        }
    }

    private static String read(CsvScan scan, long target) {
        StringBuilder text = new StringBuilder();
        ReadReport report = ReadReport.empty();
        try (RootAllocator allocator = new RootAllocator()) {
            List<Split> splits = scan.splits(READING, target);
            Split.StartState start = splits.get(0).start();
            for (int i = 0; i < splits.size(); i++) {
                Split split = splits.get(i).startingAt(start);
                report = report.plus(append(scan, split, allocator, text));
                if (i + 1 < splits.size()) {
                    SplitSummary summary = scan.summary(splits.get(i), READING);
                    start = SplitSummary.of(summary.numbers()).after(start);
                }
            }
        } catch (DataflowException failure) {
            return String.valueOf(failure.getMessage());
        }
        text.append(report.read()).append(' ').append(report.emitted());
        for (Rejection rejection : report.rejections()) {
            text.append(rejection.place()).append(rejection.reason());
        }
        return text.toString();
    }

    private static ReadReport append(CsvScan scan, Split split, RootAllocator allocator, StringBuilder text) {
        try (SplitReader reader = scan.open(split, READING)) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
                try (Batch batch = block.decode(allocator)) {
                    block.account();
                    for (int row = 0; row < batch.rowCount(); row++) {
                        text.append(batch.positions().orElseThrow().record(row));
                        for (int column = 0; column < 2; column++) {
                            text.append('<').append(batch.cells(column).value(row));
                            text.append(batch.cells(column).errors().at(row)).append('>');
                        }
                        text.append('\n');
                    }
                }
            }
            return reader.report();
        }
    }

    @Provide
    Arbitrary<byte[]> noise() {
        Arbitrary<String> part = Arbitraries.of(
                "\"",
                "\"\"",
                ",",
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
                "\0",
                "\u00e9",
                "\u00c3\u00a9",
                "\",\"",
                "1,2\n",
                "\"a\nb\"",
                "\n\"",
                "1,2,3\r\n",
                "#c\n");
        return Combinators.combine(
                        Arbitraries.of("a,b\n", "\u00ef\u00bb\u00bfa,b\r\n", "#x\n\na,b\r", "\"a\",\"b\"\n"),
                        part.list().ofMaxSize(40))
                .as((header, parts) -> (header + String.join("", parts)).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Provide
    Arbitrary<CsvOptions> dialects() {
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(ErrorPolicy.keep(), ErrorPolicy.fail()))
                .as((backslash, policy) -> {
                    CsvOptions options = CsvOptions.defaults().comment('#').errors(policy);
                    return backslash ? options.escape('\\') : options;
                });
    }
}
