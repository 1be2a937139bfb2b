package io.millrace.dataflow.format;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The columns of files, and what their types were judged from.
 *
 * @param columns the columns, in their order
 */
public record InferenceReport(List<Column> columns) {
    public InferenceReport {
        columns = List.copyOf(columns);
    }

    /** Columns whose types were not judged from their values. */
    public static InferenceReport of(Schema schema) {
        return new InferenceReport(schema.fields().stream()
                .map(field ->
                        new Column(field, OptionalLong.empty(), OptionalLong.empty(), List.of(), Optional.empty()))
                .toList());
    }

    /** The same with columns behind them that are in no file. */
    public InferenceReport withAdded(Schema rows) {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(of(Schema.of(rows.fields().subList(columns.size(), rows.size()))).columns);
        return new InferenceReport(all);
    }

    /** The columns as a scan reads them. */
    public Schema schema() {
        return Schema.of(columns.stream().map(Column::field).toList());
    }

    /**
     * A column, its type the narrowest that every value fits.
     *
     * @param field its name and type
     * @param values how many cells are values; empty when its type was not judged from them
     * @param nulls how many are null; empty as before
     * @param ruledOut the types that were ruled out, each by the first value that does not fit it, in the order of these
     *     values, and the narrower first where one ruled out several
     * @param dates how many values may be dates of a day, a month and a year, when all of them may
     */
    public record Column(
            Field field, OptionalLong values, OptionalLong nulls, List<RuledOut> ruledOut, Optional<Dates> dates) {
        public Column {
            Objects.requireNonNull(field, "field");
            ruledOut = List.copyOf(ruledOut);
        }

        /**
         * The type that was ruled out last, and so says best why the column is no narrower; empty when the first value
         * said all.
         */
        public Optional<RuledOut> lastRuledOut() {
            if (ruledOut.isEmpty()) {
                return Optional.empty();
            }
            RuledOut last = ruledOut.get(ruledOut.size() - 1);
            return last.isBeside(ruledOut.get(0))
                    ? Optional.empty()
                    : ruledOut.stream().filter(last::isBeside).findFirst();
        }

        /** Why the column is no narrower, for people; empty when there is nothing to say. */
        public Optional<String> remark() {
            return dates.map(Dates::toString).or(() -> lastRuledOut().map(RuledOut::toString));
        }
    }

    /**
     * A type that a column cannot have.
     *
     * @param file the file of the first value that does not fit it, as messages show it
     * @param record the number of its record
     * @param text the value, cut where it is long
     */
    public record RuledOut(DataType type, String file, long record, String text) {
        public RuledOut {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(text, "text");
        }

        private boolean isBeside(RuledOut other) {
            return record == other.record && file.equals(other.file);
        }

        /** For people: {@code no int64 since record 1,204 of x.csv: 'n/a'}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "no %s since record %,d of %s: '%s'", type, record, file, text);
        }
    }

    /**
     * Values like {@code 3/4/2024}, which stay text: no order of day and month is guessed.
     *
     * @param dayFirst those whose first number can only be the day
     * @param monthFirst those whose second number can only be the day
     * @param either all others
     */
    public record Dates(long dayFirst, long monthFirst, long either) {
        /** How many values there are. */
        public long count() {
            return dayFirst + monthFirst + either;
        }

        /** Whether values say nothing of the order of day and month, or contradict each other. */
        public boolean isAmbiguous() {
            return (dayFirst == 0) == (monthFirst == 0);
        }

        /** For people, with what to do. */
        @Override
        public String toString() {
            String order = dayFirst > 0 && monthFirst > 0
                    ? String.format(Locale.ROOT, "%,d have their day first and %,d their month", dayFirst, monthFirst)
                    : dayFirst > 0
                            ? "the day is first"
                            : monthFirst > 0 ? "the month is first" : "day and month may be either way round";
            return "may be dates, " + order;
        }
    }
}
