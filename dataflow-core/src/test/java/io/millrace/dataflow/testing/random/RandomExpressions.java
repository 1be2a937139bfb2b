package io.millrace.dataflow.testing.random;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Random expressions over the columns of one schema. Most of them bind. */
final class RandomExpressions {
    private static final List<Function> FUNCTIONS = List.of(Function.values());
    private static final Map<DataType, List<CallForms.Form>> GIVING = new ConcurrentHashMap<>();

    /** Types that a plan holds no values of are made by calls even where calls are deep enough, down to this. */
    private static final int DEEPEST = -2;

    private final Random random;
    private final Schema schema;

    RandomExpressions(Random random, Schema schema) {
        this.random = random;
        this.schema = schema;
    }

    /** A call of any function of the catalog, or a cast or choice. */
    Expr any() {
        int kind = random.nextInt(12);
        if (kind == 0 && schema.size() > 0) {
            Field field = RandomValues.oneOf(random, schema.fields());
            return Expr.col(field.name()).cast(type());
        }
        if (kind == 1) {
            return of(type(), 2);
        }
        List<CallForms.Form> forms = CallForms.of(RandomValues.oneOf(random, FUNCTIONS));
        return forms.isEmpty() ? of(type(), 1) : call(RandomValues.oneOf(random, forms), 1 + random.nextInt(2));
    }

    private DataType type() {
        return RandomValues.oneOf(random, RandomValues.TYPES);
    }

    /** An expression of a type, with calls in calls up to {@code depth}. */
    Expr of(DataType type, int depth) {
        int kind = random.nextInt(10);
        if (kind < 5 || depth <= 0) {
            Optional<Expr> column = column(type);
            if (column.isPresent()) {
                return column.get();
            }
        }
        List<CallForms.Form> forms = GIVING.computeIfAbsent(type, CallForms::giving);
        boolean literal = RandomValues.TYPES.contains(type);
        if (depth > 0 && kind == 9) {
            return Expr.when(of(DataTypes.BOOL, depth - 1))
                    .then(of(type, depth - 1))
                    .otherwise(of(type, depth - 1));
        }
        if (!forms.isEmpty() && depth > (literal ? 0 : DEEPEST) && kind < 9) {
            return call(RandomValues.oneOf(random, forms), depth - 1);
        }
        if (!literal || random.nextInt(8) == 0) {
            return Expr.lit(null).cast(type);
        }
        return Expr.lit(RandomValues.value(random, type)).cast(type);
    }

    private Optional<Expr> column(DataType type) {
        List<Field> same = schema.fields().stream()
                .filter(field -> field.type().equals(type))
                .toList();
        if (!same.isEmpty()) {
            return Optional.of(Expr.col(RandomValues.oneOf(random, same).name()));
        }
        List<Field> near = schema.fields().stream()
                .filter(field -> field.type().canBecome(type))
                .toList();
        return near.isEmpty()
                ? Optional.empty()
                : Optional.of(Expr.col(RandomValues.oneOf(random, near).name()).cast(type));
    }

    private Expr call(CallForms.Form form, int depth) {
        List<Expr> arguments = new ArrayList<>();
        for (Expr argument : form.call().arguments()) {
            arguments.add(
                    CallForms.wanted(argument).map(type -> of(type, depth)).orElse(argument));
        }
        return new Expr.Call(form.call().function(), arguments);
    }
}
