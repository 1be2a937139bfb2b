package io.millrace.dataflow.plan;

import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowFunction;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OperatorJsonTest {
    private static final TypedExpr COLUMN = new TypedExpr.Input(3, TEXT, true);

    @Test
    void operatorsAreReadAsTheyWereWritten() throws JsonProcessingException {
        List<Operator> operators = List.of(
                new Operator.Project(List.of(COLUMN, new TypedExpr.Constant(null, decimal(10, 2)))),
                new Operator.Filter(new TypedExpr.Call(Function.IS_NULL, List.of(COLUMN), TEXT, false)),
                new Operator.Sort(List.of(
                        new Operator.Sort.Key(1, SortKey.Direction.DESCENDING, SortKey.Nulls.FIRST),
                        new Operator.Sort.Key(0, SortKey.Direction.ASCENDING, SortKey.Nulls.LAST))),
                new Operator.Explode(2, RowStep.Explode.Empty.NULL),
                new Operator.Expand(List.of(List.of(COLUMN), List.of(new TypedExpr.Constant("a", TEXT)))),
                new Operator.Distinct(List.of(0, 2), RowStep.Distinct.Keep.LAST),
                new Operator.Join(
                        JoinKind.FULL,
                        List.of(0),
                        List.of(1),
                        List.of(
                                new Operator.Join.Column(Operator.Join.Side.KEY, 0),
                                new Operator.Join.Column(Operator.Join.Side.LEFT, 1),
                                new Operator.Join.Column(Operator.Join.Side.RIGHT, 2)),
                        Cardinality.ONE_TO_MANY),
                new Operator.Append(TableStep.AppendColumns.Lengths.PADDED, List.of(1), List.of(0, 2)),
                new Operator.GroupBy(
                        List.of(1),
                        List.of(
                                new Operator.GroupBy.Measure(Aggregate.Kind.COUNT_ROWS, -1, INT64),
                                new Operator.GroupBy.Measure(Aggregate.Kind.SUM, 0, decimal(38, 2)),
                                new Operator.GroupBy.Measure(
                                        Aggregate.Kind.QUANTILE, List.of(2), OptionalDouble.of(0.1), FLOAT64),
                                new Operator.GroupBy.Measure(
                                        Aggregate.Kind.COVARIANCE, List.of(2, 3), OptionalDouble.empty(), FLOAT64))),
                new Operator.Window(
                        List.of(0, 2),
                        List.of(1),
                        List.of(new Operator.Sort.Key(1, SortKey.Direction.DESCENDING, SortKey.Nulls.LAST)),
                        List.of(
                                new WindowMeasure.Placed(
                                        WindowFunction.Kind.LAG,
                                        2,
                                        -3,
                                        new BigDecimal("0.50"),
                                        Frame.all(),
                                        decimal(9, 2)),
                                new WindowMeasure.Placed(WindowFunction.Kind.RANK, -1, 0, null, Frame.all(), INT64),
                                new WindowMeasure.Aggregated(
                                        new Operator.GroupBy.Measure(Aggregate.Kind.SUM, 0, INT64),
                                        Frame.values(-0.5, 2)))),
                new Operator.GroupBy(List.of(), List.of()));

        for (Operator operator : operators) {
            String json = OperatorJson.write(operator).toString();
            assertThat(OperatorJson.read(new ObjectMapper().readTree(json))).isEqualTo(operator);
        }
    }

    @Test
    void anOperatorThatComputesNothingHasNoJson() {
        assertThatThrownBy(() -> OperatorJson.write(new Operator.Limit(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("computes nothing: Limit[rows=3]");
    }

    @Test
    void anUnknownConstantIsAnError() {
        assertThatThrownBy(() -> OperatorJson.read(new ObjectMapper().readTree("{\"join\":\"OUTER\",\"leftKeys\":[]}")))
                .isInstanceOf(DataflowException.class)
                .hasMessage(
                        "NOT_A_PLAN: Cannot read the plan: 'join' is not one of [INNER, LEFT, RIGHT, FULL, SEMI, ANTI, CROSS]");
    }
}
