package io.millrace.dataflow.json;

import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.listOf;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.dataflow.format.TextEvidence;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of the JSON values seen at one place. One kind has its type: whole numbers are int64, with fractions among them
 * float64, strings that are all ISO 8601 days or times are those, objects are structs of every member seen, arrays are
 * lists. Different kinds, numbers that would not be given back as they are written, and nothing but nulls are text.
 */
final class JsonEvidence {
    /** Deeper values are taken as text. */
    private static final int MOST_LEVELS = 32;

    private static final long LARGEST_EXACT = 1L << 53;

    private final int level;
    private final Map<String, JsonEvidence> members = new LinkedHashMap<>();
    private @Nullable JsonEvidence element;
    private @Nullable TextEvidence texts;
    private boolean bools;
    private boolean numbers;
    private boolean fractions;
    private boolean beyondExact;
    private boolean unfit;
    private boolean names;
    private boolean strings;
    private boolean plainStrings;
    private boolean objects;
    private boolean arrays;

    JsonEvidence() {
        this(0);
    }

    private JsonEvidence(int level) {
        this.level = level;
    }

    /** Observes the value at whose first token the parser stands, and leaves it at the last. */
    void observe(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NULL -> {}
            case VALUE_TRUE, VALUE_FALSE -> bools = true;
            case VALUE_NUMBER_INT -> observeWhole(parser);
            case VALUE_NUMBER_FLOAT -> {
                numbers = true;
                fractions = true;
                unfit |= Double.isInfinite(Double.parseDouble(parser.getText()));
            }
            case START_OBJECT -> {
                objects = true;
                observeObject(parser);
            }
            case START_ARRAY -> {
                arrays = true;
                observeArray(parser);
            }
            default -> observeString(parser.getText());
        }
    }

    private void observeWhole(JsonParser parser) throws IOException {
        numbers = true;
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            unfit = true;
        } else {
            long value = parser.getLongValue();
            beyondExact |= value > LARGEST_EXACT || value < -LARGEST_EXACT;
        }
    }

    /** The names of numbers that JSON does not have are numbers among numbers. */
    private void observeString(String text) {
        if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
            names = true;
            return;
        }
        strings = true;
        if (text.isEmpty()) {
            plainStrings = true;
        } else if (!plainStrings) {
            TextEvidence evidence = texts == null ? new TextEvidence() : texts;
            texts = evidence;
            evidence.observe(text);
            plainStrings = evidence.isSettled();
        }
    }

    private void observeObject(JsonParser parser) throws IOException {
        if (level == MOST_LEVELS) {
            unfit = true;
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            JsonEvidence member = members.computeIfAbsent(parser.currentName(), name -> new JsonEvidence(level + 1));
            parser.nextToken();
            member.observe(parser);
        }
    }

    private void observeArray(JsonParser parser) throws IOException {
        if (level == MOST_LEVELS) {
            unfit = true;
            parser.skipChildren();
            return;
        }
        JsonEvidence inside = element == null ? new JsonEvidence(level + 1) : element;
        element = inside;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            inside.observe(parser);
        }
    }

    /** The narrowest type of everything seen. */
    DataType type() {
        boolean stringsCount = strings || (names && !numbers);
        int kinds = one(bools) + one(numbers) + one(stringsCount) + one(objects) + one(arrays);
        if (kinds != 1 || unfit) {
            return TEXT;
        }
        if (bools) {
            return BOOL;
        }
        if (numbers) {
            boolean floats = fractions || names;
            return !floats ? INT64 : beyondExact ? TEXT : FLOAT64;
        }
        if (stringsCount) {
            return names || plainStrings || texts == null ? TEXT : time(texts.type());
        }
        if (arrays) {
            return listOf(element == null ? TEXT : element.type());
        }
        List<Field> fields = new ArrayList<>();
        members.forEach((name, member) -> fields.add(Field.optional(name, member.type())));
        return fields.isEmpty() ? TEXT : new DataType.Struct(fields);
    }

    private static DataType time(DataType judged) {
        return judged instanceof DataType.Date || judged instanceof DataType.Timestamp ? judged : TEXT;
    }

    private static int one(boolean seen) {
        return seen ? 1 : 0;
    }
}
