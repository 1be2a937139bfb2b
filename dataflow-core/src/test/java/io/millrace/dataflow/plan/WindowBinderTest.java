package io.millrace.dataflow.plan;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.WindowFunction.lag;
import static io.millrace.dataflow.expr.WindowFunction.rank;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.Window;
import io.millrace.dataflow.expr.WindowColumn;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What windows and aggregates are refused for, and what they become. */
class WindowBinderTest {
    private static Schema bind(Window over, WindowColumn... columns) {
        return Binder.schema(new TableStep.Window(over, List.of(columns)), List.of(StepExamples.BIRDS));
    }

    private static Schema aggregate(Aggregate aggregate) {
        return Binder.schema(
                new TableStep.GroupBy(List.of("species"), List.of(aggregate)), List.of(StepExamples.BIRDS));
    }

    @Test
    void unknownColumnsOfAWindowAreReportedAtOnce() {
        assertThatThrownBy(() -> bind(Window.all().partitionBy("specie").orderBy("sen"), rank()))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith("UNKNOWN_COLUMN: Cannot find columns 'specie', 'sen' for"
                        + " window(partitionBy(specie).orderBy(sen), rank() as rank)");
    }

    @Test
    void aTakenNameIsRefused() {
        assertThatThrownBy(() -> bind(Window.all(), rank().as("mass")))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        DUPLICATE_COLUMN: Cannot have two columns named 'mass'
                          columns 3 and 7 of 7""");
    }

    @Test
    void aFrameOfValuesNeedsOneKey() {
        assertThatThrownBy(() -> bind(
                        Window.all().orderBy("mass", "id"), Aggregate.count().over(Frame.values(-1, 0))))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        INVALID_ARGUMENT: Cannot look at values(-1, 0) in window(partitionBy().orderBy(mass, id), \
                        count_rows() over values(-1, 0) as count): the window has 2 keys to order by, and such a frame \
                        needs one
                          Order by one column, or use a frame of rows""");
    }

    @Test
    void aFrameIsMeasuredInWhatItsKeyIs() {
        assertThatThrownBy(() ->
                        bind(Window.all().orderBy("seen"), Aggregate.count().over(Frame.values(-1, 0))))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        TYPE_MISMATCH: Cannot look at values(-1, 0) in window(partitionBy().orderBy(seen), \
                        count_rows() over values(-1, 0) as count): 'seen' is date
                          Order by a number, or use Frame.times for times""");
        assertThatThrownBy(() -> bind(
                        Window.all().orderBy("mass"),
                        Aggregate.count().over(Frame.times(Duration.ofSeconds(-1), Duration.ZERO))))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("'mass' is float64\n  Order by a date or timestamp");
    }

    @Test
    void whatStandsInForNoRowHasTheTypeOfTheColumn() {
        assertThatThrownBy(() -> bind(Window.all(), lag("id", 1).otherwise("none")))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        TYPE_MISMATCH: Cannot put 'none' where lag(id, 1) otherwise 'none' as lag_id has no row: \
                        the column is int64
                          Give a value of that type, or cast the column""");
        assertThatThrownBy(() -> bind(Window.all(), lag("cost", 1).otherwise(new BigDecimal("0.001"))))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("the column is decimal(10, 2)");
    }

    @Test
    void aggregatesAreRefusedWithAdviceForTheirKind() {
        assertThatThrownBy(() -> aggregate(Aggregate.variance("species")))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        TYPE_MISMATCH: Cannot compute variance(species) as variance_species of text in \
                        groupBy(species).aggregate(variance(species) as variance_species)
                          Cast the column to a number first""");
        assertThatThrownBy(() -> aggregate(Aggregate.any(col("mass")).as("some")))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("Compare the column with something, for example col(\"x\").gt(0)");
        assertThatThrownBy(() -> aggregate(Aggregate.sum("mass").where(col("id"))))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("Cannot use int64 as a condition");
        assertThatThrownBy(() -> aggregate(Aggregate.covariance("mas", "idd")))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith("UNKNOWN_COLUMN: Cannot find column 'mas'");
    }

    @Test
    void listsHaveNoOrder() {
        Schema lists = Schema.of(Schema.Field.optional("l", DataTypes.listOf(DataTypes.INT64)));
        assertThatThrownBy(() ->
                        Binder.schema(new TableStep.GroupBy(List.of(), List.of(Aggregate.mode("l"))), List.of(lists)))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("Lists and structs have no order; choose a part of them first");
        assertThat(Binder.schema(new TableStep.GroupBy(List.of(), List.of(Aggregate.first("l"))), List.of(lists))
                        .field(0)
                        .type())
                .isEqualTo(DataTypes.listOf(DataTypes.INT64));
    }

    @Test
    void countsAndListsAreNeverNull() {
        Schema schema = bind(
                Window.all(),
                rank(),
                Aggregate.count("mass"),
                Aggregate.list("mass"),
                Aggregate.sum("mass"),
                lag("id", 1));

        assertThat(schema.fields().subList(6, 11).stream().map(Schema.Field::nullable))
                .containsExactly(false, false, false, true, true);
    }

    @Test
    void parametersOutOfTheirRangeAreRefused() {
        assertThatThrownBy(() -> Aggregate.quantile("x", 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a quantile is between 0 and 1: 1.5");
        assertThatThrownBy(() -> Aggregate.quantile("x", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Aggregate.topValues("x", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of values is a whole number from 1 on: 0.0");
        assertThatThrownBy(() -> new Aggregate(Aggregate.Kind.SUM, Optional.empty(), "s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SUM takes one input, not 0");
        assertThatThrownBy(() -> new Aggregate(
                        Aggregate.Kind.SUM, List.of(col("x")), OptionalDouble.of(1), Optional.<Expr>empty(), "s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SUM takes no parameter");
        assertThatThrownBy(() -> WindowFunction.ntile(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of buckets is at least 1: 0");
        assertThatThrownBy(() -> WindowFunction.nthValue("x", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows are counted from 1, and from −1 backwards");
        assertThatThrownBy(() -> rank().over(Frame.running()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RANK takes no frame");
        assertThatThrownBy(() -> rank().otherwise(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RANK is of every row");
        assertThatThrownBy(() -> new Frame(Frame.Unit.ROWS, Optional.of(new BigDecimal("0.5")), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows are counted in whole numbers: 0.5");
        assertThatThrownBy(() -> Frame.values(0, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a frame ends at a number: 0.0, Infinity");
    }
}
