package io.millrace.dataflow.csv.scan;

/** Finds the records and cells of bytes that begin with a record. One for a thread; looks at eight bytes at a time. */
final class RecordTokenizer {
    private static final int UNFINISHED = -1;
    private static final int STRAY = -2;

    private final int delimiter;
    private final int quote;
    private final int escape;
    private final int comment;
    private final boolean blankRecords;
    private final long delimiters;
    private final long quotes;
    private final long escapes;
    private final RecordStates states;

    /** What the quoted cell looked at last holds. */
    private int linesInside;

    private boolean oddInside;

    RecordTokenizer(ScanDialect dialect) {
        this.delimiter = dialect.delimiter();
        this.quote = dialect.quote();
        this.escape = dialect.escape();
        this.comment = dialect.comment();
        this.blankRecords = dialect.hasBlankRecords();
        this.delimiters = Words.repeated(delimiter);
        this.quotes = Words.repeated(quote);
        this.escapes = Words.repeated(escape);
        this.states = new RecordStates(dialect);
    }

    /**
     * Indexes the records that end before {@code to}. The next line begins behind them, at {@code starts[records]}.
     *
     * @param bytes with {@link Words#SLACK} more of them behind {@code to}
     */
    void tokenize(byte[] bytes, int from, int to, RecordIndex index) {
        index.begin(bytes);
        int[] ends = index.ends;
        int cells = 0;
        int records = 0;
        int firstCell = 0;
        int recordStart = from;
        int cellStart = from;
        int lineFeedDue = -1;
        long lines = 0;
        long linesBefore = 0;
        long wide = 0;
        boolean odd = false;
        int pos = from;
        int lastWord = to - 8;
        boolean stopsAtLines = comment != ScanDialect.NONE;

        cells:
        while (pos < to) {
            if (pos == recordStart && bytes[pos] == comment) {
                states.resume(RecordStates.RECORD_START, 0, 0);
                int end = states.toLineEnd(bytes, pos, to);
                if (end < 0) {
                    break;
                }
                linesBefore = ++lines;
                lineFeedDue = states.state() == RecordStates.AFTER_RETURN ? end : -1;
                pos = recordStart = cellStart = end;
                continue;
            }
            if (pos == cellStart && bytes[pos] == quote) {
                int close = close(bytes, pos + 1, to);
                if (close == UNFINISHED) {
                    break;
                }
                odd |= oddInside;
                if (close != STRAY) {
                    lines += linesInside;
                    pos = close;
                    cellStart = -1;
                } else {
                    states.resume(RecordStates.RECORD_START, linesBefore, 0);
                    int end = states.toLineEnd(bytes, recordStart, to);
                    if (end < 0) {
                        break;
                    }
                    cells = firstCell;
                    if (records + 2 > index.starts.length) {
                        index.growRecords();
                    }
                    if (records == 0) {
                        index.leadingLines = linesBefore;
                    }
                    index.starts[records] = recordStart;
                    index.firstCells[records] = cells;
                    ends[cells++] = textEnd(bytes, end);
                    index.addStray(records++);
                    odd = true;
                    firstCell = cells;
                    linesBefore = lines = states.line();
                    lineFeedDue = states.state() == RecordStates.AFTER_RETURN ? end : -1;
                    pos = recordStart = cellStart = end;
                    continue;
                }
            }
            while (pos < to) {
                if (cells + 9 > ends.length) {
                    ends = index.growEnds();
                }
                long word = Words.at(bytes, pos);
                wide |= word;
                long hits = Words.hits(word, delimiters, quotes);
                if (pos > lastWord) {
                    hits = Words.first(hits, to - pos);
                }
                while (hits != 0) {
                    int at = pos + Words.place(hits);
                    hits &= hits - 1;
                    byte b = bytes[at];
                    if (b == delimiter) {
                        ends[cells++] = at;
                        cellStart = at + 1;
                    } else if (b == '\n' || b == '\r') {
                        if (at != lineFeedDue || b == '\r') {
                            lines++;
                            if (at != recordStart || blankRecords) {
                                if (records + 2 > index.starts.length) {
                                    index.growRecords();
                                }
                                if (records == 0) {
                                    index.leadingLines = linesBefore;
                                }
                                index.starts[records] = recordStart;
                                index.firstCells[records++] = firstCell;
                                ends[cells++] = at;
                                firstCell = cells;
                            }
                            lineFeedDue = b == '\r' ? at + 1 : -1;
                        }
                        linesBefore = lines;
                        recordStart = at + 1;
                        cellStart = recordStart;
                        if (stopsAtLines) {
                            pos = recordStart;
                            continue cells;
                        }
                    } else if (b == quote) {
                        if (at == cellStart) {
                            pos = at;
                            continue cells;
                        }
                    } else {
                        odd |= b == 0;
                    }
                }
                pos += 8;
            }
        }
        index.records = records;
        index.starts[records] = recordStart;
        index.firstCells[records] = firstCell;
        index.lines = linesBefore;
        if (records == 0) {
            index.leadingLines = linesBefore;
        }
        index.odd = odd || Words.isWide(wide);
    }

    /** The place behind the quote that closes a cell, or what is wrong with it. */
    private int close(byte[] bytes, int from, int to) {
        int pos = from;
        int lines = 0;
        boolean nul = false;
        long wide = 0;
        int result = UNFINISHED;
        while (pos < to) {
            long word = Words.at(bytes, pos);
            wide |= word;
            long hits = Words.hits(word, quotes, escapes);
            if (to - pos < 8) {
                hits = Words.first(hits, to - pos);
            }
            if (hits == 0) {
                pos += 8;
                continue;
            }
            pos += Words.place(hits);
            byte b = bytes[pos];
            if (b == quote) {
                int next = pos + 1 < to ? bytes[pos + 1] : UNFINISHED;
                if (next == quote && quote == escape) {
                    pos += 2;
                    continue;
                }
                if (pos + 1 < to) {
                    result = next == delimiter || next == '\n' || next == '\r' ? pos + 1 : STRAY;
                }
                break;
            }
            if (b == escape) {
                pos++;
                b = pos < to ? bytes[pos] : b;
            }
            lines += b == '\n' ? 1 : 0;
            nul |= b == 0;
            pos++;
        }
        linesInside = lines;
        oddInside = nul || Words.isWide(wide);
        return result;
    }

    /** Where a text ends that is followed by a line end. */
    private static int textEnd(byte[] bytes, int end) {
        int last = end - 1;
        return bytes[last] == '\n' && last > 0 && bytes[last - 1] == '\r' ? last - 1 : last;
    }
}
