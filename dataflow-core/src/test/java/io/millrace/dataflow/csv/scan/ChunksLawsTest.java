package io.millrace.dataflow.csv.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.csv.scan.ChunkRecords.Run;
import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.CsvOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** A file read in chunks, on whatever threads, has the records of a file that is read as one. */
class ChunksLawsTest {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @AfterContainer
    static void stop() {
        THREADS.shutdown();
    }

    @Property(seed = "31", tries = 3_000)
    void chunksOfAnySizeHaveTheRecordsOfTheWhole(
            @ForAll("noise") byte[] bytes,
            @ForAll("dialects") ScanDialect dialect,
            @ForAll @IntRange(min = 1, max = 12) int size) {
        assertThat(sequential(bytes, dialect, size))
                .as(() -> shown(bytes))
                .isEqualTo(sequential(bytes, dialect, 1 << 16));
    }

    @Property(seed = "32", tries = 2_000)
    void threadsFindTheRecordsOfTheWhole(
            @ForAll("noise") byte[] bytes,
            @ForAll("dialects") ScanDialect dialect,
            @ForAll @IntRange(min = 1, max = 12) int size,
            @ForAll @IntRange(min = 2, max = 4) int threads) {
        assertThat(parallel(bytes, dialect, size, threads))
                .as(() -> shown(bytes))
                .isEqualTo(sequential(bytes, dialect, 1 << 16));
    }

    private static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0");
    }

    private static List<String> sequential(byte[] bytes, ScanDialect dialect, int size) {
        List<String> found = new ArrayList<>();
        try (ChunkReader reader = reader(bytes, dialect, size)) {
            for (Chunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
                append(chunk, dialect, found);
            }
        } catch (DataflowException failure) {
            found.add(String.valueOf(failure.getMessage()));
        }
        return found;
    }

    /** Every chunk waits on a thread of its own before the first may begin, at most so many at a time. */
    private static List<String> parallel(byte[] bytes, ScanDialect dialect, int size, int threads) {
        List<String> found = new ArrayList<>();
        List<CompletableFuture<List<String>>> work = new ArrayList<>();
        Semaphore free = new Semaphore(threads);
        try (ChunkReader reader = reader(bytes, dialect, size)) {
            for (Chunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
                Chunk taken = chunk;
                free.acquireUninterruptibly();
                work.add(CompletableFuture.supplyAsync(
                        () -> {
                            List<String> records = new ArrayList<>();
                            try {
                                append(taken, dialect, records);
                            } catch (DataflowException failure) {
                                records.add(String.valueOf(failure.getMessage()));
                            } finally {
                                free.release();
                            }
                            return records;
                        },
                        THREADS));
            }
            work.forEach(records -> found.addAll(records.join()));
        }
        return found;
    }

    private static void append(Chunk chunk, ScanDialect dialect, List<String> found) {
        CellContent content = new CellContent(dialect);
        try (ChunkRecords records = chunk.records()) {
            long number = records.firstRecord();
            for (Run run : records.all()) {
                for (int r = run.from(); r < run.to(); r++) {
                    StringBuilder text = new StringBuilder();
                    int written = run.writtenFrom() + r - run.from();
                    text.append(number++)
                            .append(" line ")
                            .append(run.written().line(written))
                            .append(" at ")
                            .append(run.written().offset + run.written().starts[written]);
                    for (int cell = 0; cell < run.index().cells(r); cell++) {
                        boolean value = content.find(run.index(), r, cell);
                        String cellText = new String(
                                content.bytes(),
                                content.from(),
                                content.to() - content.from(),
                                StandardCharsets.ISO_8859_1);
                        text.append(content.isQuoted() ? " \"" : value ? " <" : " 0")
                                .append(cellText);
                    }
                    found.add(text.toString());
                }
            }
            records.check();
        }
    }

    private static ChunkReader reader(byte[] bytes, ScanDialect dialect, int size) {
        Utf8Stream text = Utf8Stream.open(new ByteArrayInputStream(bytes), "x.csv", StandardCharsets.UTF_8);
        return new ChunkReader(
                new Workbench(dialect, "x.csv"),
                new ByteFeed(text, "x.csv"),
                Cancellation.create(),
                new byte[0],
                0,
                0,
                ChunkEnd.start(1, 0),
                size,
                size);
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
                "NA",
                "\",\"",
                "a,b\n",
                "\"a\nb\"",
                "\n\"",
                "1,2,3\r\n");
        return part.list().ofMaxSize(60).map(parts -> String.join("", parts).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Provide
    Arbitrary<ScanDialect> dialects() {
        return Combinators.combine(
                        Arbitraries.of(',', ';', '\t'),
                        Arbitraries.of('"', '\''),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((delimiter, quote, backslash, comment, blank) -> {
                    CsvOptions options = CsvOptions.defaults()
                            .delimiter(delimiter)
                            .quote(quote)
                            .nullTokens("NA");
                    options = backslash ? options.escape('\\') : options;
                    options = comment ? options.comment('#') : options;
                    ScanDialect dialect = ScanDialect.of(options).orElseThrow();
                    return blank ? dialect.withBlankRecords() : dialect;
                });
    }
}
