package io.millrace.dataflow.testing.random;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.Shapes;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * How each function of the catalog can be called, found by trying: which types it takes, and which of its arguments have to
 * be which constants. A function that is added to the catalog is found without being named here.
 */
final class CallForms {
    private static final int FORMS = 12;
    private static final int TRIES = 3_000;
    private static final int GUESSES = 20_000;
    private static final List<DataType> TYPES = types();
    private static final Schema SCHEMA = Schema.of(
            TYPES.stream().map(type -> Field.optional(type.toString(), type)).toList());
    private static final Map<Function, List<Form>> ALL = all();

    private CallForms() {}

    /**
     * A call that binds. An argument that may be any expression of a type is the column that is named like the type.
     *
     * @param result the type of the call
     */
    record Form(Expr.Call call, DataType result) {}

    private static List<DataType> types() {
        List<DataType> types = new ArrayList<>(RandomValues.TYPES);
        types.add(DataTypes.listOf(DataTypes.INT64));
        types.add(DataTypes.listOf(DataTypes.TEXT));
        types.add(new DataType.Struct(
                List.of(Field.optional("a", DataTypes.INT64), Field.optional("no", DataTypes.TEXT))));
        return types;
    }

    /** The forms of a function; none when there is no way to call it. */
    static List<Form> of(Function function) {
        return ALL.getOrDefault(function, List.of());
    }

    /** The type that a placeholder of a form stands for; empty for a constant. */
    static Optional<DataType> wanted(Expr argument) {
        return argument instanceof Expr.Column column
                ? SCHEMA.find(column.name()).map(Field::type)
                : Optional.empty();
    }

    private static Map<Function, List<Form>> all() {
        Map<Function, List<Form>> all = new EnumMap<>(Function.class);
        for (Function function : Function.values()) {
            Random random = new Random(function.name().hashCode());
            List<List<DataType>> shapes = new ArrayList<>(Shapes.of(function, TYPES));
            Collections.shuffle(shapes, random);
            List<Form> forms = new ArrayList<>();
            for (List<DataType> shape : shapes.subList(0, Math.min(FORMS, shapes.size()))) {
                free(function, shape).ifPresentOrElse(forms::add, () -> forms.addAll(fixed(function, shape, random)));
            }
            if (shapes.isEmpty()) {
                forms.addAll(guessed(function, random));
            }
            all.put(function, forms);
        }
        return all;
    }

    private static Optional<Form> free(Function function, List<DataType> shape) {
        return form(function, shape.stream().map(CallForms::placeholder).toList());
    }

    private static Expr placeholder(DataType type) {
        return Expr.col(type.toString());
    }

    /** Forms with constants for some arguments after the first. */
    private static List<Form> fixed(Function function, List<DataType> shape, Random random) {
        List<Form> found = new ArrayList<>();
        for (int i = 0; i < TRIES && found.size() < FORMS; i++) {
            List<Expr> arguments = new ArrayList<>();
            for (DataType type : shape) {
                boolean constant = random.nextInt(6) < (arguments.isEmpty() ? 1 : 5);
                arguments.add(constant ? constant(type, random) : placeholder(type));
            }
            form(function, arguments).ifPresent(found::add);
        }
        return found;
    }

    private static Expr constant(DataType type, Random random) {
        if (type instanceof DataType.Text) {
            return Expr.lit(RandomValues.oneOf(random, RandomValues.CONSTANTS));
        }
        if (type instanceof DataType.Int64) {
            return Expr.lit((long) random.nextInt(3));
        }
        return type instanceof DataType.Bool ? Expr.lit(random.nextBoolean()) : placeholder(type);
    }

    /** Forms of a function whose types depend on its constants. */
    private static List<Form> guessed(Function function, Random random) {
        List<Form> found = new ArrayList<>();
        for (int i = 0; i < GUESSES && found.size() < FORMS; i++) {
            List<DataType> shape = new ArrayList<>();
            for (int size = 1 + random.nextInt(4); size > 0; size--) {
                shape.add(random.nextBoolean() ? DataTypes.TEXT : RandomValues.oneOf(random, TYPES));
            }
            List<Expr> arguments = new ArrayList<>();
            for (DataType type : shape) {
                arguments.add(random.nextBoolean() ? constant(type, random) : placeholder(type));
            }
            form(function, arguments).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Form> form(Function function, List<Expr> arguments) {
        Expr.Call call = new Expr.Call(function.catalogName(), arguments);
        try {
            Schema bound = Binder.schema(new ColumnStep.WithColumn("?", call), List.of(SCHEMA));
            return Optional.of(new Form(call, bound.field(SCHEMA.size()).type()));
        } catch (DataflowException refused) {
            return Optional.empty();
        }
    }

    /** All forms whose result has a type. */
    static List<Form> giving(DataType type) {
        return ALL.values().stream()
                .flatMap(List::stream)
                .filter(form -> form.result().equals(type))
                .toList();
    }
}
