package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.WindowMeasure;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Cells;
import org.jspecify.annotations.Nullable;

/** The values of one measure of a window, row after row. Is led through the partitions, and the ranks of each, in order. */
interface RankedValues extends AutoCloseable {
    /** Goes to a partition, by the ranks of its first row and after its last one. */
    void enter(int start, int end);

    /** The value of a rank: null, or a {@link io.millrace.dataflow.table.CellError}, or as {@code Cells.value} gives it. */
    @Nullable
    Object at(int rank);

    @Override
    default void close() {}

    /** The values of a place or of another row; {@code schema} is that of the rows. */
    static RankedValues of(WindowMeasure.Placed measure, Operator.Window window, Schema schema, RankedRows rows) {
        WindowPlaces places = new WindowPlaces(rows, measure);
        return switch (measure.kind()) {
            case ROW_NUMBER, RANK, DENSE_RANK, NTILE -> new Placed(places, places::number);
            case PERCENT_RANK, CUMULATIVE_SHARE -> new Placed(places, places::share);
            case LAG, LEAD, NTH_VALUE -> new Taken(measure, places, bounds(measure, window, schema, rows), rows);
        };
    }

    /** The frames that a measure takes values of. */
    static FrameBounds bounds(WindowMeasure.Placed measure, Operator.Window window, Schema schema, RankedRows rows) {
        Frame frame = measure.kind() == WindowFunction.Kind.NTH_VALUE ? measure.frame() : Frame.all();
        return FrameBounds.of(frame, rows, window.order(), schema);
    }

    /** The aggregates of frames, in a step as {@code explain} shows it. */
    static RankedValues of(
            WindowMeasure.Aggregated measure,
            Operator.Window window,
            Schema schema,
            RankedRows rows,
            String step,
            Run run) {
        MemoryReservation memory = run.memory().child("window");
        FrameBounds bounds = FrameBounds.of(measure.frame(), rows, window.order(), schema);
        FrameAggregates aggregates =
                new FrameAggregates(rows, measure.inputs(), Accumulators.of(measure.aggregate(), step, memory), memory);
        return new Aggregated(bounds, aggregates, memory);
    }

    /** Places. */
    final class Placed implements RankedValues {
        private final WindowPlaces places;
        private final Value value;

        /** What is computed of a rank. */
        @FunctionalInterface
        interface Value {
            Object at(int rank);
        }

        Placed(WindowPlaces places, Value value) {
            this.places = places;
            this.value = value;
        }

        @Override
        public void enter(int start, int end) {
            places.enter(start, end);
        }

        @Override
        public Object at(int rank) {
            return value.at(rank);
        }
    }

    /** Values of other rows. */
    final class Taken implements RankedValues {
        private final WindowMeasure.Placed measure;
        private final WindowPlaces places;
        private final FrameBounds bounds;
        private final RankedRows rows;
        private final RankedRows.RankedColumns input;

        Taken(WindowMeasure.Placed measure, WindowPlaces places, FrameBounds bounds, RankedRows rows) {
            this.measure = measure;
            this.places = places;
            this.bounds = bounds;
            this.rows = rows;
            this.input = rows.columns(measure.inputs());
        }

        @Override
        public void enter(int start, int end) {
            places.enter(start, end);
            bounds.enter(start, end);
        }

        @Override
        public @Nullable Object at(int rank) {
            bounds.at(rank);
            int taken = places.taken(rank, bounds);
            if (taken == WindowPlaces.NO_RANK) {
                return measure.otherwise();
            }
            Cells cells = input.at(taken).get(0);
            int place = rows.place(taken);
            Object error = cells.errors().at(place).orElse(null);
            return error != null ? error : cells.value(place);
        }
    }

    /** Aggregates of frames. */
    final class Aggregated implements RankedValues {
        private final FrameBounds bounds;
        private final FrameAggregates aggregates;
        private final MemoryReservation memory;
        private int from = -1;
        private int to = -1;
        private @Nullable Object value;

        Aggregated(FrameBounds bounds, FrameAggregates aggregates, MemoryReservation memory) {
            this.bounds = bounds;
            this.aggregates = aggregates;
            this.memory = memory;
        }

        @Override
        public void enter(int start, int end) {
            bounds.enter(start, end);
            aggregates.enter(start);
            from = -1;
        }

        @Override
        public @Nullable Object at(int rank) {
            bounds.at(rank);
            // Rows with the same frame share its value.
            if (bounds.from() != from || bounds.to() != to) {
                from = bounds.from();
                to = bounds.to();
                value = aggregates.value(from, to);
            }
            return value;
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
