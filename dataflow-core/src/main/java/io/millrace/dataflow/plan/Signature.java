package io.millrace.dataflow.plan;

import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a function takes and gives. Given the types of the arguments as written (null for a bare null), it says what
 * each is converted to and what the result is, or that they do not fit.
 */
interface Signature {
    /** The resolved call, or empty when the arguments do not fit. */
    Optional<Resolved> resolve(List<@Nullable DataType> arguments);

    /** As {@link #resolve(List)}, for functions whose result depends on literals among the arguments as written. */
    default Optional<Resolved> resolve(List<@Nullable DataType> arguments, List<Expr> written) {
        return resolve(arguments);
    }

    /** The type each argument is converted to, the type of the result, and whether only that can make it null. */
    record Resolved(List<DataType> arguments, DataType result, boolean neverNull) {
        Resolved(List<DataType> arguments, DataType result) {
            this(arguments, result, false);
        }
    }

    static Signature takes(DataType result, DataType... parameters) {
        return arguments -> {
            if (arguments.size() != parameters.length) {
                return Optional.empty();
            }
            for (int i = 0; i < parameters.length; i++) {
                if (!widens(arguments.get(i), parameters[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Resolved(List.of(parameters), result));
        };
    }

    static Signature seeded() {
        return arguments -> arguments.size() == 1 && INT64.equals(arguments.get(0))
                ? Optional.of(new Resolved(List.of(INT64), FLOAT64, true))
                : Optional.empty();
    }

    static Signature comparison() {
        return arguments -> arguments.size() != 2
                ? Optional.empty()
                : common(arguments).map(type -> new Resolved(List.of(type, type), BOOL));
    }

    static Signature membership() {
        return arguments -> arguments.size() < 2
                ? Optional.empty()
                : common(arguments).map(type -> new Resolved(Collections.nCopies(arguments.size(), type), BOOL));
    }

    static Signature sameType(int atLeast) {
        return arguments -> arguments.size() < atLeast
                ? Optional.empty()
                : common(arguments).map(type -> new Resolved(Collections.nCopies(arguments.size(), type), type));
    }

    static Signature predicate() {
        return arguments -> {
            if (arguments.size() != 1) {
                return Optional.empty();
            }
            DataType type = arguments.get(0);
            return Optional.of(new Resolved(List.of(type == null ? TEXT : type), BOOL, true));
        };
    }

    /** Two numbers. Of int64 and of float64 the result is the same; of decimals it has 38 digits and the greater scale. */
    static Signature arithmetic() {
        return arguments -> {
            if (arguments.size() != 2) {
                return Optional.empty();
            }
            return common(arguments).filter(DataType::isNumeric).map(type -> {
                DataType result =
                        type instanceof DataType.Decimal decimal ? DataTypes.decimal(38, decimal.scale()) : type;
                return new Resolved(List.of(type, type), result);
            });
        };
    }

    static Signature number() {
        return arguments -> {
            DataType type = arguments.size() == 1 ? arguments.get(0) : null;
            return type != null && type.isNumeric() ? Optional.of(new Resolved(List.of(type), type)) : Optional.empty();
        };
    }

    /** A number, and whatever {@code others} are. The result has its type, but of a decimal 38 digits. */
    static Signature widened(DataType... others) {
        return arguments -> {
            DataType type = arguments.isEmpty() ? null : arguments.get(0);
            if (type == null || !type.isNumeric() || arguments.size() != 1 + others.length) {
                return Optional.empty();
            }
            List<DataType> converted = new ArrayList<>(List.of(type));
            for (int i = 0; i < others.length; i++) {
                if (!widens(arguments.get(i + 1), others[i])) {
                    return Optional.empty();
                }
                converted.add(others[i]);
            }
            DataType result = type instanceof DataType.Decimal decimal ? DataTypes.decimal(38, decimal.scale()) : type;
            return Optional.of(new Resolved(converted, result));
        };
    }

    /** So many arguments of one type, which is that of the result. */
    static Signature sameTypes(int count) {
        return arguments -> arguments.size() == count ? sameType(count).resolve(arguments) : Optional.empty();
    }

    /** This signature, or another where this does not fit. */
    default Signature or(Signature other) {
        return arguments -> resolve(arguments).or(() -> other.resolve(arguments));
    }

    /** So many float64 to a float64. */
    static Signature reals(int count) {
        return takes(FLOAT64, Collections.nCopies(count, FLOAT64).toArray(DataType[]::new));
    }

    /** A text, and whatever {@code others} are, to a text. */
    static Signature text(DataType... others) {
        DataType[] parameters = new DataType[others.length + 1];
        parameters[0] = TEXT;
        System.arraycopy(others, 0, parameters, 1, others.length);
        return takes(TEXT, parameters);
    }

    /** A text, then pairs of a text and a truth value, to a truth value. */
    static Signature meanings() {
        return arguments -> {
            List<DataType> types = new ArrayList<>(List.of(TEXT));
            while (types.size() < arguments.size()) {
                types.add(types.size() % 2 == 1 ? TEXT : BOOL);
            }
            return types.size() < 3 || types.size() % 2 == 0
                    ? Optional.empty()
                    : takes(BOOL, types.toArray(DataType[]::new)).resolve(arguments);
        };
    }

    /** A value, then pairs of a value of its type and one of another type, to that. */
    static Signature pairs() {
        return arguments -> {
            if (arguments.size() < 3 || arguments.size() % 2 == 0) {
                return Optional.empty();
            }
            List<@Nullable DataType> keys = new ArrayList<>();
            List<@Nullable DataType> values = new ArrayList<>();
            keys.add(arguments.get(0));
            for (int i = 1; i < arguments.size(); i += 2) {
                keys.add(arguments.get(i));
                values.add(arguments.get(i + 1));
            }
            return common(keys).flatMap(key -> common(values).map(value -> {
                List<DataType> types = new ArrayList<>(List.of(key));
                while (types.size() < arguments.size()) {
                    types.add(types.size() % 2 == 1 ? key : value);
                }
                return new Resolved(types, value);
            }));
        };
    }

    /** A float64, then pairs of float64, to a float64. */
    static Signature points() {
        return arguments -> arguments.size() < 3 || arguments.size() % 2 == 0
                ? Optional.empty()
                : reals(arguments.size()).resolve(arguments);
    }

    static Signature texts() {
        return arguments -> {
            if (arguments.isEmpty() || !arguments.stream().allMatch(type -> widens(type, TEXT))) {
                return Optional.empty();
            }
            return Optional.of(new Resolved(Collections.nCopies(arguments.size(), TEXT), TEXT));
        };
    }

    /** Whether a value of type {@code from} (null: a bare null) becomes one of type {@code to} without being asked. */
    static boolean widens(@Nullable DataType from, DataType to) {
        return from == null
                || from.equals(to)
                || (from.isNumeric() && FLOAT64.equals(to))
                || (TIMESTAMP.equals(from) && DATE.equals(to))
                || (INT64.equals(from)
                        && to instanceof DataType.Decimal decimal
                        && decimal.precision() - decimal.scale() >= 19);
    }

    /**
     * The one type that all {@code types} become without being asked, or empty. Numbers meet in float64 when one is
     * float64, else in the decimal that holds both; a date and a timestamp meet in timestamp; bare nulls fit anything,
     * and alone are text.
     */
    static Optional<DataType> common(List<@Nullable DataType> types) {
        List<DataType> known = new ArrayList<>();
        for (DataType type : types) {
            if (type != null) {
                known.add(type);
            }
        }
        if (known.isEmpty()) {
            return Optional.of(TEXT);
        }
        DataType common = known.get(0);
        for (DataType type : known) {
            Optional<DataType> met = meet(common, type);
            if (met.isEmpty()) {
                return Optional.empty();
            }
            common = met.get();
        }
        return Optional.of(common);
    }

    private static Optional<DataType> meet(DataType a, DataType b) {
        if (a.equals(b)) {
            return Optional.of(a);
        }
        if (a.isNumeric() && b.isNumeric()) {
            if (FLOAT64.equals(a) || FLOAT64.equals(b)) {
                return Optional.of(FLOAT64);
            }
            DataType.Decimal left = asDecimal(a);
            DataType.Decimal right = asDecimal(b);
            int scale = Math.max(left.scale(), right.scale());
            int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
            return Optional.of(DataTypes.decimal(Math.min(38, whole + scale), scale));
        }
        if (a instanceof DataType.ListOf left && b instanceof DataType.ListOf right) {
            return meet(left.element(), right.element()).map(DataTypes::listOf);
        }
        boolean times = (DATE.equals(a) && TIMESTAMP.equals(b)) || (TIMESTAMP.equals(a) && DATE.equals(b));
        return times ? Optional.of(TIMESTAMP) : Optional.empty();
    }

    private static DataType.Decimal asDecimal(DataType type) {
        return type instanceof DataType.Decimal decimal ? decimal : new DataType.Decimal(19, 0);
    }
}
