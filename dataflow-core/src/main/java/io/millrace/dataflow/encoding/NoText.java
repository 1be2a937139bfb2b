package io.millrace.dataflow.encoding;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/** What is often taken for a text file and is none, told by its first bytes. */
enum NoText {
    PDF("%PDF-", "a PDF document", "Export its tables as CSV"),
    OLD_EXCEL("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "an old Excel workbook", "Save it as CSV"),
    PARQUET("PAR1", "a Parquet file", "Read it as Parquet"),
    ARROW("ARROW1", "an Arrow file", "Read it as Arrow"),
    AVRO("Obj\u0001", "an Avro file", "Convert it to Parquet or CSV"),
    ORC("ORC\n", "an ORC file", "Convert it to Parquet or CSV"),
    SQLITE("SQLite format 3\u0000", "a SQLite database", "Export its table as CSV"),
    HDF5("\u0089HDF\r\n\u001a\n", "an HDF5 file", "Export its table as CSV"),
    NUMPY("\u0093NUMPY", "a NumPy array", "Save it as CSV"),
    PNG("\u0089PNG\r\n\u001a\n", "a PNG image", "Check the address"),
    JPEG("\u00ff\u00d8\u00ff", "a JPEG image", "Check the address"),
    GIF_87("GIF87a", "a GIF image", "Check the address"),
    GIF_89("GIF89a", "a GIF image", "Check the address"),
    ELF("\u007fELF", "a program", "Check the address"),
    BZIP2("BZh", "packed with bzip2", "Unpack it first"),
    XZ("\u00fd7zXZ\u0000", "packed with xz", "Unpack it first"),
    SEVEN_ZIP("7z\u00bc\u00af'\u001c", "a 7z archive", "Unpack it first"),
    RAR("Rar!\u001a\u0007", "a rar archive", "Unpack it first"),
    LZ4("\u0004\"M\u0018", "packed with lz4", "Unpack it first"),
    COMPRESS("\u001f\u009d", "packed with compress", "Unpack it first"),
    SNAPPY("\u00ff\u0006\u0000\u0000sNaPpY", "packed with snappy", "Unpack it first");

    private static final int TAR_MARK = 257;
    /** A text may use a few control characters as delimiters; bytes that mean numbers soon have many. */
    private static final int MOST_CONTROLS = 12;

    private final String mark;
    private final String words;
    private final String advice;

    NoText(String mark, String words, String advice) {
        this.mark = mark;
        this.words = words;
        this.advice = advice;
    }

    /**
     * Refuses what is no text.
     *
     * @param wide whether the text is UTF-16 or UTF-32, whose bytes are no characters
     */
    static void refuse(Lookahead text, String display, boolean wide) {
        String head = new String(text.head(), StandardCharsets.ISO_8859_1);
        for (NoText kind : values()) {
            if (head.startsWith(kind.mark) && (kind != BZIP2 || head.startsWith("1AY&SY", 4))) {
                throw refused(display, kind.words, kind.advice);
            }
        }
        if (head.startsWith("ustar", TAR_MARK)) {
            throw refused(display, "a tar archive", "Unpack it first");
        }
        if (!wide && controls(text.head()) > MOST_CONTROLS) {
            throw refused(display, "binary data", "Check the address, or set the encoding of the file if it is a text");
        }
    }

    static void refuseWorkbook(Lookahead stored, String display) {
        String head = new String(stored.head(), StandardCharsets.ISO_8859_1);
        boolean workbook = head.contains("[Content_Types].xml")
                || head.startsWith("xl/", 30)
                || head.startsWith("_rels/.rels", 30)
                || head.startsWith("docProps/", 30);
        if (workbook) {
            throw refused(display, "an Excel workbook or another Office document", "Save it as CSV");
        }
        if (head.startsWith("mimetype", 30) && head.contains("application/vnd.oasis.opendocument")) {
            throw refused(display, "an OpenDocument spreadsheet or document", "Save it as CSV");
        }
        if (head.startsWith("META-INF/", 30)) {
            throw refused(display, "a Java archive", "Check the address");
        }
    }

    private static DataflowException refused(String display, String words, String advice) {
        return DataflowException.of(
                ErrorCode.UNSUPPORTED_FORMAT, "Cannot read " + display + ": this is " + words + ", not text", advice);
    }

    /** How many different control characters there are that no text has: all but those that move the print head, escape and separators. */
    private static int controls(byte[] head) {
        int seen = 0;
        for (byte value : head) {
            if (value >= 0 && value < 0x1A && (value < '\t' || value > '\r')) {
                seen |= 1 << value;
            }
        }
        return Integer.bitCount(seen);
    }
}
