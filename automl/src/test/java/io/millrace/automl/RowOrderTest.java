package io.millrace.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.feature.Frame;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowOrderTest {
    private static byte[] bytes(Frame frame) {
        BinaryWriter out = new BinaryWriter();
        frame.write(out);
        return out.toByteArray();
    }

    @Test
    void theSameRowsInAnyOrderBecomeTheSameFrame() {
        Frame one = Frame.of(
                4,
                List.of(
                        new Frame.Texts("t", new String[] {"b", "a"}, new int[] {0, 1, -1, 1}),
                        new Frame.Numbers("n", new double[] {1, 3, 5, 2}),
                        new Frame.Times("s", new long[] {9, 9, 9, Frame.Times.MISSING})));
        Frame other = one.select(new int[] {2, 3, 1, 0});

        assertThat(bytes(RowOrder.sorted(other))).isEqualTo(bytes(RowOrder.sorted(one)));
    }

    @Test
    void joinsGroupsAndDistinctsShuffle() {
        Dataflow rows = Dataflow.rows(Schema.of(Schema.Field.optional("a", DataTypes.INT64)), List.of(List.of(1L)));

        assertThat(RowOrder.isShuffled(rows.limit(1).sort("a").union(rows).node()))
                .isFalse();
        assertThat(RowOrder.isShuffled(
                        rows.distinct().filter(Expr.col("a").gt(0)).node()))
                .isTrue();
        assertThat(RowOrder.isShuffled(rows.innerJoin(rows, "a").node())).isTrue();
        assertThat(RowOrder.isShuffled(
                        rows.groupBy("a").aggregate(Aggregate.count().as("n")).node()))
                .isTrue();
    }
}
