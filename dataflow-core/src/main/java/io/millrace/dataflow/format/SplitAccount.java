package io.millrace.dataflow.format;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrorCount;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Positions;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The account that an engine keeps of a split while it reads it: that of the reader, the error values among the rows, and
 * what goes into quarantine, in the order of the records wherever blocks end. Used by one thread at a time, but for
 * {@link #decoded}.
 */
public final class SplitAccount {
    private static final Comparator<Rejection> BY_RECORD = Comparator.comparingLong(Rejection::record);

    private final SplitReader reader;
    private final boolean quarantines;
    /** Rejected records that stand behind the rows accounted for so far. */
    private final Deque<Rejection> ahead = new ArrayDeque<>();

    private List<CellErrorCount> cellErrors = List.of();
    private long rows;

    private SplitAccount(SplitReader reader, boolean quarantines) {
        this.reader = reader;
        this.quarantines = quarantines;
        if (quarantines) {
            reader.keepRejections();
        }
    }

    /** The account of a split that was opened with that policy and of which nothing was read. */
    public static SplitAccount of(SplitReader reader, ErrorPolicy policy) {
        return new SplitAccount(reader, policy instanceof ErrorPolicy.Quarantine);
    }

    /** What there is to account for in a batch as its block gave it. */
    public static final class Decoded {
        private final int rows;
        private final long lastRecord;
        private final List<CellErrorCount> cellErrors;
        private final List<Rejection> cells;

        private Decoded(int rows, long lastRecord, List<CellErrorCount> cellErrors, List<Rejection> cells) {
            this.rows = rows;
            this.lastRecord = lastRecord;
            this.cellErrors = cellErrors;
            this.cells = cells;
        }
    }

    /** Looks through a batch that a block of the split gave, on whatever thread. The batch stays the caller's. */
    public Decoded decoded(Batch batch) {
        Optional<Positions> positions = batch.positions();
        int last = batch.rowCount() - 1;
        long lastRecord = last < 0 || positions.isEmpty() ? 0 : positions.get().record(last);
        List<CellErrorCount> counts = CellErrorCount.of(batch);
        return new Decoded(
                batch.rowCount(), lastRecord, counts, quarantines && !counts.isEmpty() ? cells(batch) : List.of());
    }

    /**
     * Accounts for a block, after those before it.
     *
     * @return what goes into quarantine now
     * @throws DataflowException {@code MALFORMED_ROW} when too many records were rejected
     */
    public List<Rejection> add(Block block, Decoded decoded) {
        block.account();
        rows += decoded.rows;
        cellErrors = CellErrorCount.sum(cellErrors, decoded.cellErrors);
        if (!quarantines) {
            return List.of();
        }
        List<Rejection> now = new ArrayList<>();
        ahead.addAll(reader.takeRejections());
        while (!ahead.isEmpty() && ahead.getFirst().record() < decoded.lastRecord) {
            now.add(ahead.removeFirst());
        }
        now.addAll(decoded.cells);
        now.sort(BY_RECORD);
        return now;
    }

    /**
     * Says that all blocks are accounted for, up to the end of the split.
     *
     * @return what goes into quarantine last
     * @throws DataflowException {@code INTERNAL} when not every record that was emitted is a row
     */
    public List<Rejection> end() {
        long emitted = reader.report().emitted();
        if (emitted != rows) {
            throw DataflowException.of(
                    ErrorCode.INTERNAL,
                    String.format(
                            Locale.ROOT,
                            "Cannot account for every record: %,d were emitted, but %,d became rows",
                            emitted,
                            rows),
                    "This is a bug in Millrace; please report it");
        }
        List<Rejection> last = new ArrayList<>(ahead);
        ahead.clear();
        last.addAll(reader.takeRejections());
        return last;
    }

    /** The account so far. */
    public ReadReport report() {
        return reader.report().with(cellErrors);
    }

    private static List<Rejection> cells(Batch batch) {
        List<Rejection> cells = new ArrayList<>();
        for (int column = 0; column < batch.columns().size(); column++) {
            CellErrors errors = batch.cells(column).errors();
            String name = batch.schema().field(column).name();
            DataType type = batch.schema().field(column).type();
            for (int i = 0; i < errors.size(); i++) {
                CellError error = errors.error(i);
                cells.add(new Rejection(
                        Rejection.Place.of(error.file(), error.record(), 0),
                        code(error.code()),
                        Optional.of(name),
                        reason(error.code(), type),
                        error.text()));
            }
        }
        cells.sort(BY_RECORD);
        return cells;
    }

    private static Rejection.Code code(CellError.Code code) {
        if (code.equals(CellError.Code.CAST)) {
            return Rejection.Code.CAST;
        }
        if (code.equals(CellError.Code.MISSING_CELL)) {
            return Rejection.Code.MISSING_COLUMNS;
        }
        return code.equals(CellError.Code.INVALID_ENCODING)
                ? Rejection.Code.INVALID_ENCODING
                : Rejection.Code.MALFORMED;
    }

    private static String reason(CellError.Code code, DataType type) {
        return switch (code(code)) {
            case CAST -> "it is no " + type;
            case MISSING_COLUMNS -> "the record has no cell for it";
            case INVALID_ENCODING -> "it holds bytes that are no text";
            default -> "it is an error value: " + code;
        };
    }
}
