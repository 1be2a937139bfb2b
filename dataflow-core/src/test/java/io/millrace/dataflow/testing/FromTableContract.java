package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.table.Positions;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows of a table that is in memory. */
interface FromTableContract extends EngineFixture {
    @Test
    @Checks(steps = SourceStep.FromTable.class)
    default void rowsOfATableKeepTheirOrderNullsAndErrors() {
        try (Table table = rows("k", "x")
                .of("a", "1", "b", "no", null, null)
                .cast("x", INT64)
                .collect(engine())) {
            run(Dataflow.fromTable(table))
                    .hasColumns("k", "x")
                    .hasRows(row("a", 1), row("b", null), row(null, null))
                    .hasErrorsAt("1 x");
            run(Dataflow.fromTable(table).select("x").filter(col("x").isError()))
                    .hasRows(row((Object) null));
        }
    }

    @Test
    @Checks(steps = SourceStep.FromTable.class)
    default void aTableOfSeveralBatchesIsReadWholeAndAsOftenAsAsked() {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            all.add(row(i, "text " + i % 7));
        }
        try (Table table = rows("n: int64", "t: text").ofRows(all).collect(engine())) {
            Dataflow shared = Dataflow.fromTable(table);
            run(shared.filter(col("n").mod(10_000).eq(9_999)).select("n")).hasValues(9_999, 19_999, 29_999, 39_999);
            run(shared.union(shared).groupBy().aggregate(Aggregate.count())).hasValues(80_000);
        }
    }

    @Test
    @Checks(steps = SourceStep.FromTable.class)
    default void rowsOfATableAreNumberedAndComeFromNoFile() {
        try (Table table = rows("x").of(7, 8, 9).collect(engine());
                Table result = Dataflow.fromTable(table).filter(col("x").gt(7)).collect(engine())) {
            Positions positions = result.batches().get(0).positions().orElseThrow();
            assertThat(positions.file(0)).isEmpty();
            assertThat(positions.record(0)).isEqualTo(2);
        }
    }

    @Test
    @Checks(steps = SourceStep.FromTable.class)
    default void anEmptyTableGivesNoRows() {
        try (Table table = rows("x: int64").none().collect(engine())) {
            run(Dataflow.fromTable(table)).hasColumns("x").hasValues();
        }
    }
}
