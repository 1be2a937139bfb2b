package io.millrace.automl;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Small dataflows that can be learnt from, the same each time. */
final class ExperimentFixture {
    private static final List<String> COLOURS = List.of("blue", "green", "red");

    private ExperimentFixture() {}

    /** A number, a text, a number that says nothing, and a target {@code label} of yes and no. */
    static Dataflow labels(int rows) {
        return rows(rows, "label", DataTypes.TEXT, (x, colour) -> x > 5 ^ colour == 2 ? "yes" : "no");
    }

    /** As {@link #labels}, with a target {@code kind} of three labels. */
    static Dataflow kinds(int rows) {
        return rows(rows, "kind", DataTypes.TEXT, (x, colour) -> x > 7 ? "high" : x < 3 ? "low" : "mid");
    }

    /** As {@link #labels}, with a target {@code price} of numbers. */
    static Dataflow prices(int rows) {
        return rows(rows, "price", DataTypes.FLOAT64, (x, colour) -> 3 * x + 10 * colour);
    }

    private interface Target {
        @Nullable
        Object of(double x, int colour);
    }

    private static Dataflow rows(int count, String name, io.millrace.dataflow.schema.DataType type, Target target) {
        SplittableRandom random = new SplittableRandom(5);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            double x = Math.round(random.nextDouble() * 1000) / 100.0;
            int colour = random.nextInt(3);
            List<@Nullable Object> values = new ArrayList<>();
            values.add(random.nextInt(12) == 0 ? null : x);
            values.add(COLOURS.get(colour));
            values.add((long) random.nextInt(100));
            values.add(target.of(x, colour));
            rows.add(values);
        }
        Schema schema = Schema.of(
                Field.optional("x", DataTypes.FLOAT64),
                Field.optional("colour", DataTypes.TEXT),
                Field.optional("noise", DataTypes.INT64),
                Field.optional(name, type));
        return Dataflow.rows(schema, rows);
    }
}
