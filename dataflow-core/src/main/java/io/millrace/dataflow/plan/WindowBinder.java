package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.FramedAggregate;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowColumn;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Binds windows. */
final class WindowBinder {
    private final StepInputs step;
    private final Schema schema;
    private final MeasureBinder binder;

    WindowBinder(StepInputs step) {
        this.step = step;
        this.schema = step.first();
        this.binder = new MeasureBinder(schema, step.text());
    }

    StepBinder.Bound bind(TableStep.Window window) {
        List<String> ordered =
                window.over().order().stream().map(SortKey::column).toList();
        List<String> read = new ArrayList<>(window.over().keys());
        read.addAll(ordered);
        step.positions(read, schema);
        read.forEach(column -> step.requireComparable(column, schema));
        List<Operator.Sort.Key> order = new ArrayList<>();
        for (SortKey key : window.over().order()) {
            int position = schema.position(key.column(), step.text());
            order.add(new Operator.Sort.Key(position, key.direction(), key.nulls()));
        }
        List<WindowMeasure> measures = new ArrayList<>();
        List<Field> fields = new ArrayList<>(schema.fields());
        for (WindowColumn column : window.columns()) {
            if (column instanceof WindowFunction function) {
                WindowMeasure.Placed placed = place(function);
                requireFits(function.frame(), ordered);
                measures.add(placed);
                fields.add(new Field(function.name(), placed.type(), placed.input() >= 0));
            } else {
                Aggregate aggregate =
                        column instanceof FramedAggregate framed ? framed.aggregate() : (Aggregate) column;
                Frame frame = column instanceof FramedAggregate framed ? framed.frame() : Frame.all();
                requireFits(frame, ordered);
                Operator.GroupBy.Measure measure = binder.bind(aggregate);
                measures.add(new WindowMeasure.Aggregated(measure, frame));
                fields.add(MeasureBinder.field(aggregate, measure));
            }
        }
        List<Integer> columns = IntStream.range(0, schema.size()).boxed().toList();
        List<Integer> partition = step.positions(window.over().keys(), schema);
        return new StepBinder.Bound(
                new Operator.Window(columns, partition, order, measures), Schema.of(fields), binder.prepared());
    }

    private WindowMeasure.Placed place(WindowFunction function) {
        if (function.input().isEmpty()) {
            boolean share = function.kind() == WindowFunction.Kind.PERCENT_RANK
                    || function.kind() == WindowFunction.Kind.CUMULATIVE_SHARE;
            DataType type = share ? DataTypes.FLOAT64 : DataTypes.INT64;
            return new WindowMeasure.Placed(function.kind(), -1, function.number(), null, function.frame(), type);
        }
        TypedExpr input = ExprBinder.bind(function.input().get(), schema, step.text());
        Object otherwise = otherwise(function, input.type());
        int position = binder.position(input, function.name());
        return new WindowMeasure.Placed(
                function.kind(), position, function.number(), otherwise, function.frame(), input.type());
    }

    /** The value of a function where there is no row, as one of {@code type}. */
    private @Nullable Object otherwise(WindowFunction function, DataType type) {
        Object value = function.otherwise();
        if (value == null || Literals.type(value).filter(type::equals).isPresent()) {
            return value;
        }
        if (type.equals(DataTypes.FLOAT64) && value instanceof Number number) {
            return number.doubleValue();
        }
        if (type instanceof DataType.Decimal decimal && (value instanceof Long || value instanceof BigDecimal)) {
            BigDecimal number = new BigDecimal(value.toString());
            BigDecimal rounded = number.setScale(decimal.scale(), RoundingMode.DOWN);
            if (rounded.compareTo(number) == 0 && rounded.precision() <= decimal.precision()) {
                return rounded;
            }
        }
        throw DataflowException.of(
                ErrorCode.TYPE_MISMATCH,
                "Cannot put " + Expr.lit(value) + " where " + function + " has no row: the column is " + type,
                "Give a value of that type, or cast the column");
    }

    private void requireFits(Frame frame, List<String> ordered) {
        if (frame.unit() == Frame.Unit.ROWS) {
            return;
        }
        boolean times = frame.unit() == Frame.Unit.SECONDS;
        if (ordered.size() != 1) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot look at " + frame + " in " + step.text() + ": the window has " + ordered.size()
                            + " keys to order by, and such a frame needs one",
                    "Order by one column, or use a frame of rows");
        }
        DataType type = schema.field(ordered.get(0), step.text()).type();
        boolean isTime = type.equals(DataTypes.DATE) || type.equals(DataTypes.TIMESTAMP);
        if (times ? !isTime : !type.isNumeric()) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot look at " + frame + " in " + step.text() + ": '" + ordered.get(0) + "' is " + type,
                    times ? "Order by a date or timestamp" : "Order by a number, or use Frame.times for times");
        }
    }
}
