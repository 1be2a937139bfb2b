package io.millrace.dataflow;

import io.millrace.dataflow.csv.detect.CsvDetection;
import io.millrace.dataflow.csv.detect.Finding;
import io.millrace.dataflow.csv.detect.Trait;
import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.ArrowOptions;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.LinesOptions;
import io.millrace.dataflow.source.ParquetOptions;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What the files of a source look like, judged from the first bytes of the first one: the marks of Parquet and Arrow, then
 * the text; of CSV also how it is written, see {@link CsvDetection}. Fixed width cannot be told from a text; say it with {@code FixedWidthOptions}.
 *
 * @param options the format and its options
 * @param reason what they were judged from, in a few words
 */
public record Detection(ReadOptions options, String reason) {
    private static final int LOOKED_AT = 1 << 16;
    private static final int LINES_LOOKED_AT = 20;

    /** The first bytes of what is unpacked: gzip, zip and Zstandard. */
    private static final List<String> PACKED = List.of("\u001f\u008b", "PK\u0003\u0004", "(\u00b5/\u00fd");

    /** The first bytes of what is not read, and what to do instead. */
    private static final Map<String, String> REFUSED = Map.of(
            "BZh", "bzip2: decompress it first",
            "\u00d0\u00cf\u0011\u00e0", "an old Excel workbook: save it as CSV",
            "SQLite format 3", "a SQLite database: export its table as CSV",
            "Obj\u0001", "Avro: convert it to Parquet",
            "ORC", "ORC: convert it to Parquet");

    /**
     * Looks at the first file of a source.
     *
     * @throws DataflowException {@code UNSUPPORTED_FORMAT} for a format that is not read, with what to do instead;
     *     {@code EMPTY_SOURCE}; what reading the source throws
     */
    public static Detection of(Source source, SourceAccess access, Cancellation cancellation) {
        SourceFile file = access.list(source, cancellation).get(0);
        byte[] bytes;
        try (InputStream stream = access.read(file, 0, LOOKED_AT, cancellation)) {
            bytes = stream.readAllBytes();
        } catch (IOException failed) {
            throw failed(file, failed);
        }
        if (bytes.length == 0) {
            throw DataflowException.of(ErrorCode.EMPTY_SOURCE, "Cannot read " + file.display() + ": it is empty");
        }
        String begin = new String(bytes, StandardCharsets.ISO_8859_1);
        REFUSED.forEach((mark, what) -> {
            if (begin.startsWith(mark)) {
                throw DataflowException.of(
                        ErrorCode.UNSUPPORTED_FORMAT, "Cannot read " + file.display() + ": it is " + what);
            }
        });
        if (begin.startsWith("PAR1")) {
            return new Detection(new ParquetOptions(), "it begins with PAR1");
        }
        if (begin.startsWith("ARROW1")) {
            return new Detection(new ArrowOptions(), "it begins with ARROW1");
        }
        if (begin.startsWith("\u00ff\u00ff\u00ff\u00ff")) {
            return new Detection(new ArrowOptions(), "it begins like a stream of Arrow");
        }
        byte[] text = PACKED.stream().anyMatch(begin::startsWith) ? unpacked(file, access, cancellation) : bytes;
        if (isJsonLines(new String(text, StandardCharsets.UTF_8), text.length == LOOKED_AT)) {
            return new Detection(JsonLinesOptions.defaults(), "every line holds a JSON object");
        }
        return csv(CsvDetection.of(file, access, cancellation));
    }

    private static byte[] unpacked(SourceFile file, SourceAccess access, Cancellation cancellation) {
        InputStream stored = access.read(file, 0, file.length(), cancellation);
        try (InputStream text = Utf8Stream.open(stored, file.display(), StandardCharsets.UTF_8)) {
            return text.readNBytes(LOOKED_AT);
        } catch (IOException failed) {
            throw failed(file, failed);
        }
    }

    private static DataflowException failed(SourceFile file, IOException failed) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot read '" + file.display() + "': " + failed.getMessage())
                .causedBy(failed);
    }

    private static Detection csv(CsvDetection detection) {
        Finding delimiter = detection.finding(Trait.DELIMITER);
        if (!detection.isOfOneColumn()) {
            return new Detection(
                    detection.options(), "it is divided by " + delimiter.value() + ": " + delimiter.evidence());
        }
        return detection.file().endsWith(".csv")
                ? new Detection(detection.options(), "its name ends with .csv")
                : new Detection(LinesOptions.defaults(), "its lines are divided by no delimiter");
    }

    private static boolean isJsonLines(String text, boolean cut) {
        List<String> lines = text.lines().limit(LINES_LOOKED_AT + 1L).toList();
        // The last line that was looked at may go on.
        int whole = cut || lines.size() > LINES_LOOKED_AT ? Math.max(1, lines.size() - 1) : lines.size();
        List<String> looked =
                lines.subList(0, whole).stream().filter(line -> !line.isBlank()).toList();
        return !looked.isEmpty() && looked.stream().allMatch(line -> isObject(line.strip()));
    }

    private static boolean isObject(String line) {
        String json = line.startsWith("\uFEFF") ? line.substring(1) : line;
        return json.startsWith("{") && json.endsWith("}");
    }
}
