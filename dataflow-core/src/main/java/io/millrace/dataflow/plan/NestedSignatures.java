package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What functions of lists, structs, JSON and errors take and give. */
final class NestedSignatures {
    private NestedSignatures() {}

    /** The type of a result, by that of a list. */
    enum Gives {
        LIST,
        ELEMENT,
        INT64,
        TEXT;

        private DataType of(DataType.ListOf list) {
            return switch (this) {
                case LIST -> list;
                case ELEMENT -> list.element();
                case INT64 -> DataTypes.INT64;
                case TEXT -> DataTypes.TEXT;
            };
        }
    }

    /** A list, then arguments of these types. */
    static Signature ofList(Gives gives, DataType... others) {
        return arguments -> {
            if (arguments.size() != others.length + 1 || !(arguments.get(0) instanceof DataType.ListOf list)) {
                return Optional.empty();
            }
            for (int i = 0; i < others.length; i++) {
                if (!Signature.widens(arguments.get(i + 1), others[i])) {
                    return Optional.empty();
                }
            }
            List<DataType> converted = new ArrayList<>(List.of(list));
            converted.addAll(Arrays.asList(others));
            return Optional.of(new Signature.Resolved(converted, gives.of(list)));
        };
    }

    /** A list and what could be an element of it: both meet in one type. */
    static Signature listAndElement(DataType result) {
        return arguments -> {
            if (arguments.size() != 2 || !(arguments.get(0) instanceof DataType.ListOf list)) {
                return Optional.empty();
            }
            return Signature.common(Arrays.asList(list.element(), arguments.get(1)))
                    .map(element -> new Signature.Resolved(List.of(DataTypes.listOf(element), element), result));
        };
    }

    /** One list or more, of one type. */
    static Signature lists() {
        return arguments -> arguments.isEmpty()
                ? Optional.empty()
                : Signature.common(arguments)
                        .filter(DataType.ListOf.class::isInstance)
                        .map(type -> new Signature.Resolved(Collections.nCopies(arguments.size(), type), type));
    }

    /** A list of numbers, and a number of their type; of decimals one of 38 digits. */
    static Signature sum() {
        return arguments -> {
            boolean fits = arguments.size() == 1
                    && arguments.get(0) instanceof DataType.ListOf list
                    && list.element().isNumeric();
            if (!fits) {
                return Optional.empty();
            }
            DataType.ListOf list = (DataType.ListOf) Objects.requireNonNull(arguments.get(0));
            DataType result = list.element() instanceof DataType.Decimal decimal
                    ? DataTypes.decimal(38, decimal.scale())
                    : list.element();
            return Optional.of(new Signature.Resolved(List.of(list), result));
        };
    }

    /** One argument of any type. */
    static Signature anyTo(DataType result) {
        return arguments -> arguments.size() != 1
                ? Optional.empty()
                : Optional.of(new Signature.Resolved(List.of(known(arguments.get(0))), result));
    }

    /** A value, a condition and a code. */
    static Signature assertion() {
        return arguments -> {
            if (arguments.size() != 3
                    || !Signature.widens(arguments.get(1), DataTypes.BOOL)
                    || !DataTypes.TEXT.equals(arguments.get(2))) {
                return Optional.empty();
            }
            DataType value = known(arguments.get(0));
            return Optional.of(new Signature.Resolved(List.of(value, DataTypes.BOOL, DataTypes.TEXT), value));
        };
    }

    /** The separator of a split is a literal with characters. */
    static void separator(CallRule.Checked call) {
        if (((String) call.literal(1, "separator")).isEmpty()) {
            throw call.refusal(1, "separator", "it has no characters");
        }
    }

    static void errorCode(CallRule.Checked call) {
        requireCode(call, 0);
    }

    static void assertionCode(CallRule.Checked call) {
        requireCode(call, 2);
    }

    private static void requireCode(CallRule.Checked call, int index) {
        if (!CellError.Code.isName((String) call.literal(index, "code of an error"))) {
            throw call.refusal(
                    index,
                    "code of an error",
                    "it is made of capital letters, digits and underscores, at most 64, the first a letter");
        }
    }

    private static DataType known(@Nullable DataType type) {
        return type == null ? DataTypes.TEXT : type;
    }

    /** The text that an argument is as a literal, or null. */
    private static @Nullable String literal(Expr written) {
        return written instanceof Expr.Literal literal && literal.value() instanceof String text ? text : null;
    }

    /** Any arguments of one type. */
    record MakeList() implements Signature {
        @Override
        public Optional<Resolved> resolve(List<@Nullable DataType> arguments) {
            return arguments.isEmpty()
                    ? Optional.empty()
                    : Signature.common(arguments)
                            .map(type ->
                                    new Resolved(Collections.nCopies(arguments.size(), type), DataTypes.listOf(type)));
        }
    }

    /** Names that are literals and values, in turn. */
    record MakeStruct() implements Signature {
        @Override
        public Optional<Resolved> resolve(List<@Nullable DataType> arguments) {
            return Optional.empty();
        }

        @Override
        public Optional<Resolved> resolve(List<@Nullable DataType> arguments, List<Expr> written) {
            if (arguments.isEmpty() || arguments.size() % 2 != 0) {
                return Optional.empty();
            }
            List<DataType> types = new ArrayList<>();
            List<Schema.Field> fields = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 0; i < arguments.size(); i += 2) {
                String name = literal(written.get(i));
                if (name == null) {
                    return Optional.empty();
                }
                if (!names.add(name)) {
                    throw DataflowException.of(
                            ErrorCode.DUPLICATE_COLUMN, "Cannot have two fields named '" + name + "' in a struct");
                }
                DataType type = known(arguments.get(i + 1));
                types.add(DataTypes.TEXT);
                types.add(type);
                fields.add(Schema.Field.optional(name, type));
            }
            return Optional.of(new Resolved(types, new DataType.Struct(fields)));
        }
    }

    /** A struct and the name of one of its fields, a literal. */
    record Field() implements Signature {
        @Override
        public Optional<Resolved> resolve(List<@Nullable DataType> arguments) {
            return Optional.empty();
        }

        @Override
        public Optional<Resolved> resolve(List<@Nullable DataType> arguments, List<Expr> written) {
            if (arguments.size() != 2 || !(arguments.get(0) instanceof DataType.Struct struct)) {
                return Optional.empty();
            }
            String name = literal(written.get(1));
            if (name == null) {
                return Optional.empty();
            }
            DataType type = struct.field(name)
                    .map(Schema.Field::type)
                    .orElseThrow(() -> DataflowException.of(
                            ErrorCode.UNKNOWN_COLUMN,
                            "Cannot find field '" + name + "' of " + written.get(0),
                            Suggestion.lines(
                                    name,
                                    "Fields here",
                                    struct.fields().stream()
                                            .map(Schema.Field::name)
                                            .toList())));
            return Optional.of(new Resolved(List.of(struct, DataTypes.TEXT), type));
        }
    }

    /** A text and a pattern, a literal; a field of text for each of its named groups. */
    record ExtractGroups() implements Signature {
        @Override
        public Optional<Resolved> resolve(List<@Nullable DataType> arguments) {
            return Optional.empty();
        }

        @Override
        public Optional<Resolved> resolve(List<@Nullable DataType> arguments, List<Expr> written) {
            String pattern = arguments.size() == 2 ? literal(written.get(1)) : null;
            if (pattern == null || !Signature.widens(arguments.get(0), DataTypes.TEXT)) {
                return Optional.empty();
            }
            List<DataType> texts = List.of(DataTypes.TEXT, DataTypes.TEXT);
            List<Schema.Field> fields = new ArrayList<>();
            try {
                PatternRules.groupNames(pattern)
                        .forEach(name -> fields.add(Schema.Field.optional(name, DataTypes.TEXT)));
            } catch (PatternSyntaxException invalid) {
                // The rule of the function says what is wrong with it.
                return Optional.of(new Resolved(texts, DataTypes.TEXT));
            }
            if (fields.isEmpty()) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot extract groups by the pattern '" + pattern + "': it has no group with a name",
                        "Write a group as (?<name>...), or extract one by its number");
            }
            return Optional.of(new Resolved(texts, new DataType.Struct(fields)));
        }
    }

    /** A text and the type that it holds, a literal. */
    record ParseJson() implements Signature {
        @Override
        public Optional<Resolved> resolve(List<@Nullable DataType> arguments) {
            return Optional.empty();
        }

        @Override
        public Optional<Resolved> resolve(List<@Nullable DataType> arguments, List<Expr> written) {
            String type = arguments.size() == 2 ? literal(written.get(1)) : null;
            if (type == null || !Signature.widens(arguments.get(0), DataTypes.TEXT)) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Resolved(List.of(DataTypes.TEXT, DataTypes.TEXT), DataTypes.parse(type)));
            } catch (IllegalArgumentException notAType) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT, "Cannot parse JSON as '" + type + "': it is not a type");
            }
        }
    }
}
