package io.millrace.dataflow.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitRows;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.FixedWidthOptions;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.LinesOptions;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.Batch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedLinesTest {
    private static final Reading READING = new Reading(SourceAccess.with(Credentials.none()), Cancellation.create());

    @TempDir
    private Path directory;

    @Test
    void linesOfPackedFilesAreReadInOneSplit() throws IOException {
        byte[] packed = gzip("wren\nkråke\n\n".getBytes(UTF_8));
        assertThat(read(packed, LinesOptions.defaults(), 4)).containsExactly("wren", "kråke", "");
        assertThat(scan(packed, LinesOptions.defaults()).splits(READING, 4)).hasSize(1);
        assertThat(scan("wren\nowl\n".getBytes(UTF_8), LinesOptions.defaults()).splits(READING, 4))
                .hasSize(2);
    }

    @Test
    void linesAreReadInAnyEncoding() throws IOException {
        String text = "wren\r\nkråke\n";
        assertThat(read(text.getBytes(UTF_16BE), LinesOptions.defaults().encoding(UTF_16BE), 4))
                .containsExactly("wren", "kråke");
        assertThat(read(("\uFEFF" + text).getBytes(UTF_16LE), LinesOptions.defaults(), 4))
                .containsExactly("wren", "kråke");
        assertThat(read(
                        ("\uFEFF" + text).getBytes(UTF_8),
                        LinesOptions.defaults().encoding(ISO_8859_1),
                        4))
                .containsExactly("wren", "kråke");
        for (long target : new long[] {4, 1_000}) {
            assertThat(read(text.getBytes(ISO_8859_1), LinesOptions.defaults().encoding(ISO_8859_1), target))
                    .containsExactly("wren", "kråke");
        }
    }

    @Test
    void bytesThatAreNoTextAreShownInTheErrorValue() throws IOException {
        byte[] bytes = {'a', (byte) 0xE9, '\n'};
        LinesOptions options = LinesOptions.defaults().errors(ErrorPolicy.keep());
        FileScan scan = scan(bytes, options);
        try (RootAllocator allocator = new RootAllocator();
                SplitRows rows = SplitRows.of(
                        scan.schema(), scan.open(scan.splits(READING, 100).get(0), READING), allocator);
                Batch batch = Objects.requireNonNull(rows.next())) {
            assertThat(batch.cells(0).errors().at(0).orElseThrow().text()).isEqualTo("a\\xE9");
        }
    }

    @Test
    void otherFormatsOfTextAreUnpackedToo() throws IOException {
        byte[] json = gzip("{\"bird\": \"wren\"}\n{\"bird\": \"kråke\"}\n".getBytes(UTF_8));
        assertThat(read(json, JsonLinesOptions.defaults(), 4)).containsExactly("wren", "kråke");
        byte[] fixed = gzip("bird  kg\nwren  1 \nkråke 2 \n".getBytes(ISO_8859_1));
        assertThat(read(fixed, FixedWidthOptions.at(6).encoding(ISO_8859_1), 4)).containsExactly("wren", "kråke");
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThatThrownBy(() -> read("%PDF-1.7\n".getBytes(UTF_8), LinesOptions.defaults(), 100))
                .hasMessage("UNSUPPORTED_FORMAT: Cannot read " + directory.resolve("birds.txt")
                        + ": this is a PDF document, not text\n  Export its tables as CSV");
    }

    private FileScan scan(byte[] bytes, ReadOptions options) throws IOException {
        Path file = directory.resolve("birds.txt");
        Files.write(file, bytes);
        Source source = Source.file(file.toString());
        Schema schema = Formats.named(options.format()).infer(source, options, READING);
        return Formats.named(options.format())
                .scan(READING.access().list(source, READING.cancellation()), options, schema, "read");
    }

    /** The first column of every row. */
    private List<@Nullable Object> read(byte[] bytes, ReadOptions options, long targetBytes) throws IOException {
        FileScan scan = scan(bytes, options);
        List<@Nullable Object> cells = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator()) {
            for (Split split : scan.splits(READING, targetBytes)) {
                try (SplitRows rows = SplitRows.of(scan.schema(), scan.open(split, READING), allocator)) {
                    for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                        for (int row = 0; row < batch.rowCount(); row++) {
                            cells.add(batch.cells(0).value(row));
                        }
                        batch.close();
                    }
                }
            }
        }
        return cells;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(target)) {
            stream.write(bytes);
        }
        return target.toByteArray();
    }
}
