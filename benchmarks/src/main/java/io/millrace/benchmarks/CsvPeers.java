package io.millrace.benchmarks;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.deephaven.csv.CsvSpecs;
import io.deephaven.csv.sinks.SinkFactory;
import io.deephaven.csv.util.CsvReaderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Other readers of CSV for the JVM, each as its documents say it is fastest. */
final class CsvPeers {
    /** Arrays that hold a value of their own where a cell is empty, as they have no nulls. */
    private static final SinkFactory ARRAYS = SinkFactory.arrays(
            Byte.MIN_VALUE,
            Short.MIN_VALUE,
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            Float.NaN,
            Double.NaN,
            Byte.MIN_VALUE,
            Character.MAX_VALUE,
            null,
            Long.MIN_VALUE,
            Long.MIN_VALUE);

    private CsvPeers() {}

    /** Every column into an array of the type that it finds; the number of rows. */
    static long deephaven(Path file) throws IOException, CsvReaderException {
        try (InputStream in = Files.newInputStream(file)) {
            return io.deephaven.csv.reading.CsvReader.read(CsvSpecs.csv(), in, ARRAYS)
                    .numRows();
        }
    }

    /** Every cell as a string, on one thread; the number of records. */
    static long univocity(Path file) throws IOException {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setLineSeparator("\n");
        settings.setReadInputOnSeparateThread(false);
        settings.trimValues(false);
        settings.setHeaderExtractionEnabled(true);
        CsvParser parser = new CsvParser(settings);
        long records = 0;
        try (InputStream in = Files.newInputStream(file)) {
            parser.beginParsing(in, StandardCharsets.UTF_8);
            while (parser.parseNext() != null) {
                records++;
            }
        }
        return records;
    }

    /** Every cell as a string, on one thread; the number of records. */
    static long fastCsv(Path file) throws IOException {
        long records = 0;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord ignored : reader) {
                records++;
            }
        }
        return records;
    }
}
