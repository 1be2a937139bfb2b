package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.schema.DataType;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What an {@link Operator.Window} computes for each row. Immutable. */
public sealed interface WindowMeasure {
    /** The type of the result. */
    DataType type();

    /** The positions of its input columns. */
    List<Integer> inputs();

    /** The same over an input whose columns stand elsewhere. */
    WindowMeasure moved(IntUnaryOperator position);

    /** An aggregate of the rows of a frame. */
    record Aggregated(Operator.GroupBy.Measure aggregate, Frame frame) implements WindowMeasure {
        public Aggregated {
            Objects.requireNonNull(aggregate, "aggregate");
            Objects.requireNonNull(frame, "frame");
        }

        @Override
        public DataType type() {
            return aggregate.type();
        }

        @Override
        public List<Integer> inputs() {
            return aggregate.inputs();
        }

        @Override
        public WindowMeasure moved(IntUnaryOperator position) {
            List<Integer> moved = inputs().stream().map(position::applyAsInt).toList();
            return new Aggregated(
                    new Operator.GroupBy.Measure(aggregate.kind(), moved, aggregate.parameter(), aggregate.type()),
                    frame);
        }
    }

    /**
     * The place of the row, or the value of another one.
     *
     * @param input the position of the column whose value is taken; -1 for a place
     * @param otherwise the value where there is no such row, as {@code Literals} normalises it
     */
    record Placed(
            WindowFunction.Kind kind,
            int input,
            long number,
            @Nullable Object otherwise,
            Frame frame,
            DataType type) implements WindowMeasure {
        public Placed {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(frame, "frame");
            Objects.requireNonNull(type, "type");
        }

        @Override
        public List<Integer> inputs() {
            return input < 0 ? List.of() : List.of(input);
        }

        @Override
        public WindowMeasure moved(IntUnaryOperator position) {
            return new Placed(kind, input < 0 ? -1 : position.applyAsInt(input), number, otherwise, frame, type);
        }
    }
}
