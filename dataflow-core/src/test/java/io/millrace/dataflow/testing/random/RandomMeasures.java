package io.millrace.dataflow.testing.random;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random aggregates, window functions and frames. Which inputs and parameters a kind takes is found by trying. */
final class RandomMeasures {
    private static final int MOST_INPUTS = 2;

    private final Random random;
    private final RandomExpressions expressions;

    RandomMeasures(Random random, Schema schema) {
        this.random = random;
        this.expressions = new RandomExpressions(random, schema);
    }

    Aggregate aggregate() {
        Aggregate.Kind kind = RandomValues.oneOf(random, List.of(Aggregate.Kind.values()));
        Optional<Expr> condition =
                random.nextInt(4) == 0 ? Optional.of(expressions.of(DataTypes.BOOL, 2)) : Optional.empty();
        List<OptionalDouble> parameters = List.of(
                OptionalDouble.empty(),
                OptionalDouble.of(random.nextInt(5) / 4.0),
                OptionalDouble.of(1.0 + random.nextInt(3)));
        List<Expr> inputs = new ArrayList<>();
        while (inputs.size() <= MOST_INPUTS) {
            for (OptionalDouble parameter : parameters) {
                try {
                    return new Aggregate(kind, inputs, parameter, condition, name());
                } catch (IllegalArgumentException other) {
                    // Another number of inputs, or another parameter.
                }
            }
            inputs.add(input(kind));
        }
        throw new RandomParts.Refused("no random " + kind);
    }

    private Expr input(Aggregate.Kind kind) {
        if (kind == Aggregate.Kind.ANY || kind == Aggregate.Kind.ALL) {
            return expressions.of(DataTypes.BOOL, 1);
        }
        List<DataType> types = random.nextInt(3) > 0 ? RandomValues.NUMBERS : RandomValues.TYPES;
        return expressions.of(RandomValues.oneOf(random, types), random.nextInt(2));
    }

    WindowFunction function() {
        WindowFunction.Kind kind = RandomValues.oneOf(random, List.of(WindowFunction.Kind.values()));
        DataType type = RandomValues.oneOf(random, RandomValues.TYPES);
        Expr input = expressions.of(type, 1);
        @Nullable Object otherwise = random.nextInt(3) == 0 ? RandomValues.value(random, type) : null;
        long number = random.nextInt(7) + (kind == WindowFunction.Kind.NTILE ? 1 : -2L);
        for (Frame frame : List.of(frame(), Frame.all())) {
            for (boolean takesInput : new boolean[] {true, false}) {
                try {
                    return new WindowFunction(
                            kind,
                            takesInput ? Optional.of(input) : Optional.empty(),
                            number,
                            takesInput ? otherwise : null,
                            frame,
                            name());
                } catch (IllegalArgumentException other) {
                    // No input, or all of the partition.
                }
            }
        }
        throw new RandomParts.Refused("no random " + kind);
    }

    Frame frame() {
        Frame.Unit unit = RandomValues.oneOf(random, List.of(Frame.Unit.values()));
        try {
            return new Frame(unit, end(unit, -3), end(unit, -1));
        } catch (IllegalArgumentException half) {
            throw new RandomParts.Refused(String.valueOf(half.getMessage()));
        }
    }

    /** An end of a frame; one in three open. */
    private Optional<BigDecimal> end(Frame.Unit unit, int least) {
        if (random.nextInt(3) == 0) {
            return Optional.empty();
        }
        BigDecimal whole = BigDecimal.valueOf(least + random.nextInt(5));
        return Optional.of(
                switch (unit) {
                    case ROWS -> whole;
                    case VALUES -> whole.divide(BigDecimal.valueOf(2));
                    case SECONDS -> whole.multiply(BigDecimal.valueOf(50_000));
                });
    }

    private String name() {
        return "m" + random.nextInt(1_000);
    }
}
