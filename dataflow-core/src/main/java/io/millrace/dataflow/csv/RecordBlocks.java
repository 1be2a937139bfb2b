package io.millrace.dataflow.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.JudgedReader;
import io.millrace.dataflow.format.RecordAccount;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records of one split in blocks, in order, pulled by one thread. Checks the shape of every record against the
 * header, and accounts for each.
 *
 * <p>A blank line is no record, except in a file of one column, where it is a null.
 */
public final class RecordBlocks implements JudgedReader {
    /** The most records of a block, and so the most rows of a batch. */
    public static final int MOST_RECORDS = 4096;

    /** A block ends early after about this many characters, so that wide or long rows do not fill the memory. */
    private static final long MOST_CHARACTERS = 1L << 23;

    private final Tokenizer tokenizer;
    private final DecodedText text;
    private final String file;
    private final CsvOptions options;
    private final Cancellation cancellation;
    private final List<String> names;
    private final String widthOrigin;
    private final @Nullable FirstTable table;
    private final BlockDecoder decoder;
    private final RecordAccount account;

    private @Nullable String @Nullable [] firstRecord;
    private @Nullable TextRecord given;
    private long blankBeforeFirst;
    private long read;

    private RecordBlocks(
            Tokenizer tokenizer,
            DecodedText text,
            String file,
            CsvOptions options,
            Cancellation cancellation,
            Function<List<String>, BlockDecoder> decoders) {
        this.tokenizer = tokenizer;
        this.text = text;
        this.file = file;
        this.options = options;
        this.cancellation = cancellation;
        this.account = new RecordAccount(
                file, options.errors(), "Check the delimiter and the quote, or allow more with csv.errors(...)");
        if (options.hasHeader()) {
            List<@Nullable String[]> header = headerRecords();
            this.names = CsvHeader.names(header, options, file);
            tokenizer.nullTokensByPosition(CsvHeader.nullTokens(names, options));
            this.table = options.isFirstTableOnly() ? new FirstTable(tokenizer, header.get(0), names.size()) : null;
            this.widthOrigin = "the header";
        } else {
            tokenizer.nullTokensByPosition(CsvHeader.nullTokens(CsvHeader.declared(options), options));
            @Nullable String @Nullable [] first = firstRecord();
            this.firstRecord = first;
            this.names = options.schema()
                    .map(schema -> List.copyOf(schema.names()))
                    .orElseGet(() -> CsvHeader.numbered(Objects.requireNonNull(first).length));
            this.table = options.isFirstTableOnly() ? new FirstTable(tokenizer, null, names.size()) : null;
            this.widthOrigin = options.schema().isPresent() ? "the schema" : "the first record";
        }
        this.decoder = decoders.apply(names);
    }

    /**
     * Starts to read a file, whose stream is closed with the blocks.
     *
     * @param decoders gives the decoder for a file with those columns, or throws when they do not do
     * @throws DataflowException {@code EMPTY_SOURCE} or what the decoders throw
     */
    static RecordBlocks open(
            InputStream input,
            String file,
            CsvOptions options,
            Cancellation cancellation,
            Function<List<String>, BlockDecoder> decoders) {
        try {
            DecodedText text = DecodedText.of(input, file, options);
            Tokenizer tokenizer = Tokenizer.of(text, file, options);
            return new RecordBlocks(tokenizer, text, file, options, cancellation, decoders);
        } catch (RuntimeException failed) {
            try {
                input.close();
            } catch (IOException closing) {
                failed.addSuppressed(closing);
            }
            throw failed;
        }
    }

    @Override
    public List<String> names() {
        return names;
    }

    /**
     * The next block, or null after the last.
     *
     * @throws DataflowException {@code MALFORMED_ROW} where the policy does not allow for a record's shape;
     *     {@code INVALID_ENCODING}; {@code CANCELLED}; what reading the source throws
     */
    @Override
    public @Nullable RecordBlock next() {
        cancellation.check();
        List<@Nullable String[]> rows = new ArrayList<>();
        long[] records = new long[MOST_RECORDS];
        long startCharacters = tokenizer.characters();
        while (rows.size() < MOST_RECORDS && tokenizer.characters() - startCharacters < MOST_CHARACTERS) {
            @Nullable String[] cells = nextRecord();
            if (cells == null) {
                accountForOtherTables();
                break;
            }
            if (isBlank(cells) && names.size() != 1) {
                continue;
            }
            read++;
            account.found(1);
            if (accept(cells)) {
                records[rows.size()] = read;
                rows.add(cells);
                // At once: reading may be stopped from now on, and the account is asked for then.
                account.emitted(1);
            }
        }
        return rows.isEmpty()
                ? null
                : new RecordBlock(rows, Arrays.copyOf(records, rows.size()), text.sawMalformed(), decoder);
    }

    /** The account of the records read so far; complete after the last block. */
    @Override
    public ReadReport report() {
        return account.report();
    }

    @Override
    public void keepRejections() {
        account.keep();
    }

    @Override
    public List<Rejection> takeRejections() {
        return account.take();
    }

    /** Stops reading. May be called more than once. */
    @Override
    public void close() {
        tokenizer.close();
    }

    private @Nullable String @Nullable [] nextRecord() {
        if (blankBeforeFirst > 0) {
            blankBeforeFirst--;
            return Tokenizer.BLANK;
        }
        @Nullable String[] first = firstRecord;
        if (first != null) {
            firstRecord = null;
            return first;
        }
        if (table == null) {
            return tokenizer.next();
        }
        given = table.next();
        return given == null ? null : given.cells();
    }

    private void accountForOtherTables() {
        FirstTable.Rest rest = table == null ? null : table.rest();
        if (rest == null) {
            return;
        }
        String records = rest.records() == 1
                ? "1 record from here on was left out"
                : DecodedText.number(rest.records()) + " records from here on were left out";
        String unread = rest.failure() == null
                ? ""
                : "; what follows them cannot be read: " + rest.failure().getMessage();
        account.leftOut(
                rest.records(),
                Rejection.of(
                        Rejection.Place.of(file, read + 1, rest.first().line()),
                        Rejection.Code.OTHER_TABLE,
                        "it begins another table; " + records + unread,
                        rest.first().text()));
    }

    /** The line on which the record given last begins. */
    private long line() {
        return given == null ? tokenizer.line() : given.line();
    }

    private String text() {
        return given == null ? tokenizer.text() : given.text();
    }

    private boolean accept(@Nullable String[] cells) {
        boolean malformed = text.sawMalformed() && anyMalformed(cells);
        if (hasShape(cells.length) && !malformed) {
            return true;
        }
        String reason = malformed ? "it holds bytes that are no text" : shape(cells.length);
        if (options.errors() instanceof ErrorPolicy.Fail) {
            throw DataflowException.of(
                    ErrorCode.MALFORMED_ROW,
                    "Cannot read record " + DecodedText.number(read) + " of " + file + ": " + reason,
                    lines(cells),
                    "Check the delimiter and the quote, or set csv.errors(...) to keep or drop such records");
        }
        Rejection.Code code = malformed
                ? Rejection.Code.INVALID_ENCODING
                : cells.length < names.size() ? Rejection.Code.MISSING_COLUMNS : Rejection.Code.TOO_MANY_COLUMNS;
        if (options.errors().leavesOut()) {
            account.reject(Rejection.of(place(), code, reason, text()));
            return false;
        }
        if (cells.length > names.size() && options.overflowColumn().isEmpty()) {
            account.note(Rejection.of(place(), code, reason + "; the cells beyond it were left out", text()));
        }
        return true;
    }

    private boolean hasShape(int cells) {
        return cells == names.size()
                || (cells < names.size()
                        ? options.padsShortRows()
                        : options.overflowColumn().isPresent());
    }

    private String lines(@Nullable String[] cells) {
        long lineEnds = Arrays.stream(cells)
                .filter(Objects::nonNull)
                .flatMapToInt(String::chars)
                .filter(c -> c == '\n')
                .count();
        String begins = "The record begins on line " + DecodedText.number(line());
        return lineEnds == 0
                ? begins
                : begins + " and ends on line " + DecodedText.number(line() + lineEnds)
                        + ", as a quoted cell runs over the end of a line";
    }

    private String shape(int cells) {
        return "it has " + count(cells) + " where " + widthOrigin + " has " + names.size();
    }

    private Rejection.Place place() {
        return Rejection.Place.of(file, read, line());
    }

    /** The records of the header, blank lines among them left out. */
    private List<@Nullable String[]> headerRecords() {
        List<@Nullable String[]> header = new ArrayList<>();
        header.add(Objects.requireNonNull(firstRecord()));
        while (header.size() < options.headerRows()) {
            @Nullable String[] cells = tokenizer.next();
            if (cells == null) {
                throw DataflowException.of(
                        ErrorCode.EMPTY_SOURCE,
                        "Cannot read the header of " + file + ": it has " + options.headerRows()
                                + " rows, and the file has " + header.size(),
                        "Set another number with csv.headerRows(...)");
            }
            if (!isBlank(cells)) {
                requireText(cells);
                header.add(cells);
            }
        }
        return header;
    }

    /**
     * The first record that is not blank. Without a header, blank lines before it may be records, and where the columns
     * are declared there may be none: then null.
     */
    private @Nullable String @Nullable [] firstRecord() {
        boolean oneColumn =
                !options.hasHeader() && options.schema().map(s -> s.size() == 1).orElse(false);
        while (true) {
            @Nullable String[] cells = tokenizer.next();
            if (cells == null) {
                if (!options.hasHeader() && options.schema().isPresent()) {
                    return null;
                }
                throw DataflowException.of(
                        ErrorCode.EMPTY_SOURCE,
                        "Cannot read " + file + ": it is empty",
                        options.hasHeader()
                                ? "A CSV file has at least a header record"
                                : "A CSV file without a header has at least one record");
            }
            if (!isBlank(cells) || oneColumn) {
                if (cells.length != 1 || options.hasHeader()) {
                    blankBeforeFirst = 0;
                }
                if (options.hasHeader()) {
                    requireText(cells);
                }
                return cells;
            }
            blankBeforeFirst++;
        }
    }

    private void requireText(@Nullable String[] header) {
        if (text.sawMalformed() && anyMalformed(header)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ENCODING,
                    "Cannot read the header of " + file + ": it holds bytes that are no text",
                    "Set the encoding of the file, for example windows-1252");
        }
    }

    private static boolean isBlank(@Nullable String[] cells) {
        return cells == Tokenizer.BLANK;
    }

    private static boolean anyMalformed(@Nullable String[] cells) {
        for (String cell : cells) {
            if (cell != null && DecodedText.isMalformed(cell)) {
                return true;
            }
        }
        return false;
    }

    private static String count(int cells) {
        return cells == 1 ? "1 cell" : cells + " cells";
    }
}
