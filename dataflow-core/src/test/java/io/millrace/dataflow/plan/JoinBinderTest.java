package io.millrace.dataflow.plan;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.Schema.Field.optional;
import static io.millrace.dataflow.schema.Schema.Field.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinBinderTest {
    private static final Dataflow LEFT =
            table(required("id", INT64), required("name", TEXT), required("price", FLOAT64));
    private static final Dataflow RIGHT = table(required("id", INT64), optional("price", INT64), required("n", INT64));

    private static Dataflow table(Schema.Field... fields) {
        return Dataflow.rows(Schema.of(fields), List.of());
    }

    private static Schema schema(Dataflow dataflow) {
        return Binder.bind(dataflow.node(), (source, options) -> {
                    throw new AssertionError("nothing is inferred");
                })
                .schema();
    }

    @Test
    void theSideThatMayBeAbsentBecomesNullable() {
        assertThat(schema(LEFT.rightJoin(RIGHT, "id")))
                .isEqualTo(Schema.of(
                        required("id", INT64),
                        optional("name", TEXT),
                        optional("price", FLOAT64),
                        optional("price_right", INT64),
                        required("n", INT64)));
        assertThat(schema(LEFT.fullJoin(RIGHT.drop("price"), "id")))
                .isEqualTo(Schema.of(
                        required("id", INT64),
                        optional("name", TEXT),
                        optional("price", FLOAT64),
                        optional("n", INT64)));
    }

    @Test
    void everyPairOfKeysOfUnlikeTypesIsReported() {
        JoinKeys keys = JoinKeys.of("price").and("name", "n");

        assertThatThrownBy(() -> LEFT.join(RIGHT, JoinOptions.full(keys)))
                .isInstanceOf(DataflowException.class)
                .hasMessageMatching("""
                        TYPE_MISMATCH: Cannot compare the keys of both inputs in fullJoin\\(price, name = n\\)
                          at JoinBinderTest.java:\\d+
                          Cannot compare float64 with int64 for column 'price'
                          Cannot compare text with int64 for keys 'name = n'
                          Cast one side of each before the join""");
    }

    @Test
    void oneKeyOfUnlikeTypesIsRefusedUnlessItIsCast() {
        assertThatThrownBy(() -> LEFT.innerJoin(RIGHT, "price")).hasMessageMatching("""
                        TYPE_MISMATCH: Cannot compare float64 with int64 for column 'price' in innerJoin\\(price\\)
                          at JoinBinderTest.java:\\d+
                          Cast one side before the join""");
        JoinKeys cast = JoinKeys.of(col("price"), col("price").cast(FLOAT64));
        assertThat(schema(LEFT.join(RIGHT, JoinOptions.inner(cast))).names())
                .containsExactly("id", "name", "price", "id_right", "price_right", "n");
    }

    @Test
    void unknownKeysAreReportedTogether() {
        assertThatThrownBy(() -> LEFT.join(
                        RIGHT, JoinOptions.inner(JoinKeys.of("ids", "id").and("nam", "n"))))
                .hasMessageContaining(
                        "UNKNOWN_COLUMN: Cannot find columns 'ids', 'nam' for innerJoin(ids = id, nam = n)")
                .hasMessageContaining("Did you mean 'id' for 'ids'?")
                .hasMessageContaining("Did you mean 'name' for 'nam'?");
    }

    @Test
    void optionsThatContradictThemselvesAreRefused() {
        assertThatThrownBy(() -> JoinOptions.semi(JoinKeys.of("id")).prefixes("l_", "r_"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a join that filters has no columns of the right input to name");
        assertThatThrownBy(() -> JoinOptions.cross().expectOneToOne())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a cross join has no keys");
        assertThatThrownBy(() -> LEFT.innerJoin(RIGHT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a join needs at least one column");
    }

    @Test
    void aNameThatAReshapingGivesTwiceIsRefused() {
        assertThatThrownBy(() -> LEFT.unpivot(List.of("id"), List.of("price"), "id", "value"))
                .hasMessageStartingWith("DUPLICATE_COLUMN: Cannot have two columns named 'id'");
    }
}
