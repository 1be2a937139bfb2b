package io.millrace.dataflow.format;

import static io.millrace.dataflow.schema.DataTypes.TEXT;

import io.millrace.dataflow.format.InferenceReport.RuledOut;
import io.millrace.dataflow.kernel.DateOrder;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of some consecutive records say about the type of their column: {@link TextEvidence}, the first cell that
 * ruled each type out, and counts. Evidence of records that follow is joined to it. Used by one thread at a time.
 */
public final class ColumnEvidence {
    /** The most characters of a cell that are kept. */
    private static final int MOST_TEXT = 60;

    private final String file;
    private final int ordinal;
    private final @Nullable Misfit[] misfits = new Misfit[TextEvidence.TYPES.size()];
    private final TextEvidence types = new TextEvidence();
    private long dayFirst;
    private long monthFirst;
    private long either;
    private boolean mayBeDates = true;
    private long values;
    private long empty;
    private long nulls;

    /** The first cell that does not fit a type. */
    private record Misfit(String file, int ordinal, long record, String text) {
        static final Comparator<Misfit> ORDER =
                Comparator.comparingInt(Misfit::ordinal).thenComparingLong(Misfit::record);

        RuledOut of(DataType type) {
            return new RuledOut(type, file, record, text);
        }
    }

    /**
     * Evidence of no cell.
     *
     * @param file the file of the records, as messages show it
     * @param ordinal its position among the files, from 0
     */
    public ColumnEvidence(String file, int ordinal) {
        this.file = file;
        this.ordinal = ordinal;
    }

    /** Evidence of no cell for each column of a file. */
    public static ColumnEvidence[] ofColumns(String file, int ordinal, int count) {
        ColumnEvidence[] columns = new ColumnEvidence[count];
        for (int i = 0; i < count; i++) {
            columns[i] = new ColumnEvidence(file, ordinal);
        }
        return columns;
    }

    /** Observes a cell that is not null, of the record of that number. */
    public void observe(byte[] bytes, int from, int to, long record) {
        if (from == to) {
            empty++;
            return;
        }
        values++;
        if (mayBeDates) {
            observe(DateOrder.of(bytes, from, to));
        } else if (types.isSettled()) {
            return;
        }
        int before = types.candidates();
        types.observe(bytes, from, to);
        if (types.candidates() != before) {
            note(before & ~types.candidates(), record, new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
    }

    /** As {@link #observe(byte[], int, int, long)}, of a cell whose bytes are no longer there. */
    public void observe(String cell, long record) {
        byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
        observe(bytes, 0, bytes.length, record);
    }

    private void observe(DateOrder order) {
        switch (order) {
            case DAY_FIRST -> dayFirst++;
            case MONTH_FIRST -> monthFirst++;
            case EITHER, SAME -> either++;
            case NONE -> mayBeDates = false;
        }
    }

    /** Counts cells that are null. */
    public void nulls(long count) {
        nulls += count;
    }

    private void note(int ruledOut, long record, String text) {
        Misfit misfit = new Misfit(file, ordinal, record, Rejection.bounded(text, MOST_TEXT));
        for (int i = 0; i < misfits.length; i++) {
            if ((ruledOut & 1 << i) != 0) {
                misfits[i] = misfit;
            }
        }
    }

    /** Joins the evidence of records that follow these. */
    public void join(ColumnEvidence later) {
        for (int i = 0; i < misfits.length; i++) {
            misfits[i] = misfits[i] == null ? later.misfits[i] : misfits[i];
        }
        dayFirst += later.dayFirst;
        monthFirst += later.monthFirst;
        either += later.either;
        mayBeDates &= later.mayBeDates;
        types.join(later.types);
        values += later.values;
        empty += later.empty;
        nulls += later.nulls;
    }

    /** The narrowest type that every cell fits; text for a column of nulls. */
    public DataType type() {
        return types.type();
    }

    /** What is known of the column. */
    public InferenceReport.Column column(String name) {
        DataType type = type();
        boolean isText = type.equals(TEXT);
        List<RuledOut> ruledOut = IntStream.range(0, misfits.length)
                .filter(i -> misfits[i] != null)
                .boxed()
                .sorted(Comparator.comparing(i -> Objects.requireNonNull(misfits[i]), Misfit.ORDER))
                .map(i -> Objects.requireNonNull(misfits[i]).of(TextEvidence.TYPES.get(i)))
                .toList();
        return new InferenceReport.Column(
                Field.optional(name, type),
                OptionalLong.of(values + (isText ? empty : 0)),
                OptionalLong.of(nulls + (isText ? 0 : empty)),
                ruledOut,
                dates());
    }

    private Optional<InferenceReport.Dates> dates() {
        InferenceReport.Dates dates = new InferenceReport.Dates(dayFirst, monthFirst, either);
        return mayBeDates && dates.count() > 0 ? Optional.of(dates) : Optional.empty();
    }
}
