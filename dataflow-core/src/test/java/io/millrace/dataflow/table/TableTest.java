package io.millrace.dataflow.table;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableTest {
    private final LocalEngine engine = LocalEngine.create().threads(1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aTableShowsNullsErrorsAndTextThatCouldBeTakenForThem() {
        Dataflow rows = texts(Arrays.asList("12", null, "null", "", "x\ty")).withColumn("n", col("t").cast(INT64));

        try (Table table = rows.collect(engine)) {
            assertThat(table).hasToString("""
                    t           n
                    text    int64
                    12         12
                    null     null
                    "null"  !null
                    ""          !
                    x\\ty    !x\\ty""");
        }
    }

    @Test
    void onlyTheFirstRowsAreShownAndTheOthersCounted() {
        List<List<@Nullable Object>> numbers = LongStream.rangeClosed(1, 1_021)
                .mapToObj(n -> Arrays.<@Nullable Object>asList(n))
                .toList();

        try (Table table =
                Dataflow.rows(Schema.of(Field.required("n", INT64)), numbers).collect(engine)) {
            assertThat(table.toString().lines()).hasSize(23).endsWith("   20", "1,001 more rows");
        }
    }

    @Test
    void aClosedTableSaysThatItIs() {
        Table table = texts(List.of("a")).collect(engine);
        table.close();

        assertThat(table).hasToString("closed table (t: text)");
    }

    @Test
    void anErrorSaysWhatIsWrongAndWhere() {
        try (Table table = texts(List.of("12x")).cast("t", INT64).collect(engine)) {
            assertThat(table.errors()).singleElement().hasToString("CAST: '12x' in column t, row 1, by cast(t, int64)");
        }
    }

    private static Dataflow texts(List<@Nullable String> texts) {
        return Dataflow.rows(
                Schema.of(Field.optional("t", TEXT)),
                texts.stream()
                        .map(text -> Arrays.<@Nullable Object>asList(text))
                        .toList());
    }
}
