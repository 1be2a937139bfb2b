package io.millrace.dataflow.csv;

import static io.millrace.dataflow.csv.CsvFixture.row;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.csv.CsvFixture.Result;
import io.millrace.dataflow.csv.scan.CellOrigin;
import io.millrace.dataflow.csv.scan.ChunkReader;
import io.millrace.dataflow.csv.scan.ScanDialect;
import io.millrace.dataflow.csv.scan.ScanReader;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.Block;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.CellError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that other readers lose rows of, hang on, or die of. */
class CsvBadInputTest {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();
    private static final Schema ONE = Schema.of(Field.optional("a", TEXT));

    @TempDir
    private Path directory;

    private CsvFixture files;

    @BeforeEach
    void openDirectory() {
        files = new CsvFixture(directory);
    }

    @Test
    void aQuoteThatIsNeverClosedInTenGigabytesEndsTheReadInBoundedMemory() {
        Unclosed stream = new Unclosed(10_000_000_000L);
        FileHead head = FileHead.read(
                stream, "birds.csv", DEFAULTS, ScanDialect.of(DEFAULTS).orElseThrow());
        ScanReader.Columns columns = new ScanReader.Columns(
                List.of("a", "b"), ONE, List.of(0), new CellOrigin(List.of("birds.csv"), 0, CsvFixture.STEP));
        ChunkReader records = head.records(Cancellation.create(), Long.MAX_VALUE);
        try (RootAllocator allocator = new RootAllocator();
                ScanReader reader = new ScanReader(records, head.text(), head.shape(), columns)) {
            assertThatThrownBy(() -> readAll(reader, allocator)).hasMessage("""
                    MALFORMED_ROW: Cannot read birds.csv: the quote opened on line 4 is not closed within 512 MiB
                      The record begins on line 4
                      Close or double the quote, or set another quote character""");
        }
        assertThat(stream.given).isLessThan(600_000_000L);
    }

    @Test
    void aCellOfAHundredMegabytesIsRead() throws IOException {
        byte[] cell = new byte[100_000_000];
        Arrays.fill(cell, (byte) 'x');
        Path file = directory.resolve("birds.csv");
        Files.writeString(file, "a,b\n1,");
        Files.write(file, cell, StandardOpenOption.APPEND);
        Files.writeString(file, "\n2,y\n", StandardOpenOption.APPEND);
        Reading reading = new Reading(SourceAccess.with(Credentials.none()), Cancellation.create());
        CsvScan scan = CsvScan.of(
                reading.access().list(files.source("birds.csv"), reading.cancellation()),
                DEFAULTS,
                Schema.of(Field.optional("b", TEXT)),
                CsvFixture.STEP);
        List<Integer> lengths = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                SplitReader reader =
                        scan.open(scan.splits(reading, Long.MAX_VALUE).get(0), reading)) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
                try (var batch = block.decode(allocator)) {
                    for (int i = 0; i < batch.rowCount(); i++) {
                        lengths.add(String.valueOf(batch.cells(0).value(i)).length());
                    }
                }
            }
        }
        assertThat(lengths).containsExactly(100_000_000, 1);
    }

    @Test
    void twentyThousandColumnsAreRead() {
        String header = IntStream.range(0, 20_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String record = IntStream.range(0, 20_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        files.write("birds.csv", header + "\n" + (record + "\n").repeat(3));
        assertThat(files.infer("birds.csv").size()).isEqualTo(20_000);
        assertThat(files.readText("birds.csv", DEFAULTS, "c19999", "c0").rows())
                .containsExactly(row("19999", "0"), row("19999", "0"), row("19999", "0"));
    }

    @Test
    void aNulByteEndsTheReadOrIsAnErrorValueOrLeavesItsRecordOut() {
        files.write("birds.csv", "a\nwren\no\0wl\nlark\n");
        files.assertFails(() -> files.readText("birds.csv", DEFAULTS, "a"), """
                INVALID_ENCODING: Cannot read line 3 of DIR/birds.csv: it holds a NUL character, so it is no UTF-8 text
                  Set the encoding of the file if it is a CSV file, for example UTF-16LE""");
        Result kept = files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.keep()), "a");
        assertThat(kept.rows()).containsExactly(row("wren"), row((Object) null), row("lark"));
        assertThat(kept.errors()).containsExactly(malformed("o\\x00wl"));
        Result dropped = files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.drop(1)), "a");
        assertThat(dropped.rows()).containsExactly(row("wren"), row("lark"));
        assertThat(dropped.report().rejected()).isEqualTo(1);
    }

    @Test
    void bytesThatAreNoTextEndTheReadOrAreErrorValuesOrLeaveTheirRecordOut() {
        files.write("birds.csv", new byte[] {'a', '\n', 'x', '\n', 'k', 'r', (byte) 0xE5, 'k', 'e', '\n', 'y', '\n'});
        files.assertFails(() -> files.readText("birds.csv", DEFAULTS, "a"), """
                INVALID_ENCODING: Cannot read line 3 of DIR/birds.csv: byte 0xE5 at offset 6 of the file is no UTF-8 text
                  Set the encoding of the file, for example windows-1252, or csv.errors(...) to go on without such records""");
        Result kept = files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.keep()), "a");
        assertThat(kept.rows()).containsExactly(row("x"), row((Object) null), row("y"));
        assertThat(kept.errors()).containsExactly(malformed("kr\\xE5ke"));
        Result dropped = files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.drop(1)), "a");
        assertThat(dropped.rows()).containsExactly(row("x"), row("y"));
        assertThat(dropped.report().rejected()).isEqualTo(1);
    }

    @Test
    void aFileThatChangesWhileItIsReadEndsTheRead() throws IOException {
        files.write("birds.csv", "a\n" + "wren\n".repeat(1_000_000));
        Reading reading = new Reading(SourceAccess.with(Credentials.none()), Cancellation.create());
        CsvScan scan = CsvScan.of(
                reading.access().list(files.source("birds.csv"), reading.cancellation()),
                DEFAULTS,
                ONE,
                CsvFixture.STEP);
        try (RootAllocator allocator = new RootAllocator();
                SplitReader reader =
                        scan.open(scan.splits(reading, Long.MAX_VALUE).get(0), reading)) {
            Objects.requireNonNull(reader.next()).decode(allocator).close();
            Files.writeString(directory.resolve("birds.csv"), "owl\n", StandardOpenOption.APPEND);
            files.assertFails(() -> readAll(reader, allocator), """
                    SOURCE_CHANGED: Cannot read 'DIR/birds.csv': it changed since it was listed
                      Run it again when nothing writes to the file""");
        }
    }

    private static void readAll(SplitReader reader, RootAllocator allocator) {
        for (Block block = reader.next(); block != null; block = reader.next()) {
            block.decode(allocator).close();
        }
    }

    private CellError malformed(String text) {
        return new CellError(CellError.Code.INVALID_ENCODING, text, files.display("birds.csv"), 2, CsvFixture.STEP);
    }

    /** A file in which a quote is opened on line 4 and never closed. */
    private static final class Unclosed extends InputStream {
        private static final byte[] START = "a,b\n1,x\n2,y\n3,\"".getBytes(US_ASCII);
        private static final byte[] REST = "wren\n".repeat(20_000).getBytes(US_ASCII);
        private final long length;
        private long given;

        Unclosed(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int most) {
            if (given == length) {
                return -1;
            }
            boolean start = given < START.length;
            byte[] from = start ? START : REST;
            int at = start ? (int) given : 0;
            int count = (int) Math.min(Math.min(most, from.length - at), length - given);
            System.arraycopy(from, at, bytes, offset, count);
            given += count;
            return count;
        }
    }
}
