package io.millrace.dataflow;

import static io.millrace.dataflow.expr.ColumnSelector.numeric;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OriginTest {
    private static final Dataflow START = Dataflow.rows(
            Schema.of(Field.optional("t", DataTypes.TEXT), Field.optional("n", DataTypes.INT64)), List.of());

    @Test
    void everyStepKnowsTheUsersLineHoweverItWasAdded() {
        assertThat(Stream.of(
                                START.select("t"),
                                START.duplicate("t", "u"),
                                START.trim("t"),
                                START.clip(numeric(), 0, 1),
                                START.splitColumn("t", "-", "a", "b"),
                                START.dropNulls(),
                                START.randomSplit(0.5, 1).rest(),
                                START.splitInto(2, 1).get(1),
                                START.stratifiedSample("n", Map.of(1, 0.5), 1),
                                START.sampleRows(1),
                                START.groupBy("t").aggregate(Aggregate.count()),
                                START.apply(Recipe.empty().trim("t")),
                                START.filter(Expr.lit(true)))
                        .map(flow -> flow.node().origin().orElseThrow())
                        .map(line -> line.getFileName() + " " + line.getMethodName()))
                .containsOnly("OriginTest.java everyStepKnowsTheUsersLineHoweverItWasAdded");
    }

    @Test
    void theLineIsThatOfTheCallAndNotOfAnotherOne() {
        int here = new Throwable().getStackTrace()[0].getLineNumber();
        Dataflow flow = START.lower("t");

        assertThat(flow.node().origin().orElseThrow().getLineNumber()).isEqualTo(here + 1);
    }
}
