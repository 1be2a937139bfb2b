package io.millrace.dataflow.kernel;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value that a parser stands at, as a type wants it. Goes as deep as the type; what no type wants is passed
 * over without recursion, and refused below {@value #MOST_LEVELS} levels, so no text overflows the stack.
 */
record JsonValues(JsonParser parser, String text) implements DataType.Visitor<JsonValues.Reader> {
    static final int MOST_LEVELS = 200;

    /** The longest number that is looked at. */
    private static final int LONGEST_NUMBER = 1_000;

    /** Reads one value. */
    @FunctionalInterface
    interface Reader {
        @Nullable
        Object read() throws IOException;
    }

    private Reader orNull(Reader reader) {
        return () -> parser.currentToken() == JsonToken.VALUE_NULL ? null : reader.read();
    }

    private String number() throws IOException {
        JsonToken token = parser.currentToken();
        boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        if (!number || parser.getTextLength() > LONGEST_NUMBER) {
            throw new JsonMisfit();
        }
        return parser.getText();
    }

    private String string() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING || !Literals.isUnicode(parser.getText())) {
            throw new JsonMisfit();
        }
        return parser.getText();
    }

    @Override
    public Reader visit(DataType.Bool type) {
        return orNull(() -> {
            if (!parser.currentToken().isBoolean()) {
                throw new JsonMisfit();
            }
            return parser.currentToken() == JsonToken.VALUE_TRUE;
        });
    }

    @Override
    public Reader visit(DataType.Int64 type) {
        return orNull(() -> {
            try {
                return new BigDecimal(number()).longValueExact();
            } catch (ArithmeticException | NumberFormatException fractionOrRange) {
                throw new JsonMisfit();
            }
        });
    }

    @Override
    public Reader visit(DataType.Float64 type) {
        return orNull(() -> {
            boolean string = parser.currentToken() == JsonToken.VALUE_STRING;
            String text = string ? string() : number();
            long bits = NumberText.parseDouble(text);
            double value = Double.longBitsToDouble(bits);
            boolean infinite = text.equals("Infinity") || text.equals("-Infinity");
            if (string && !infinite && !text.equals("NaN")) {
                throw new JsonMisfit();
            }
            if (bits == NumberText.NOT_A_DOUBLE && !infinite) {
                throw new JsonMisfit();
            }
            return infinite ? Double.valueOf(text) : (Object) value;
        });
    }

    @Override
    public Reader visit(DataType.Decimal type) {
        return orNull(() -> {
            BigDecimal value = NumberText.parseDecimal(number(), type.precision(), type.scale());
            if (value == null) {
                throw new JsonMisfit();
            }
            return value;
        });
    }

    /** A string is its text; any other value is its JSON as it is written. */
    @Override
    public Reader visit(DataType.Text type) {
        return orNull(() -> {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return string();
            }
            int start = (int) parser.currentTokenLocation().getCharOffset();
            if (parser.currentToken().isStructStart()) {
                skip();
                return text.substring(start, (int) parser.currentTokenLocation().getCharOffset() + 1);
            }
            return parser.getText();
        });
    }

    @Override
    public Reader visit(DataType.Date type) {
        return orNull(() -> {
            String text = string();
            long day = TimeText.parseDate(text, text.length());
            if (day < Integer.MIN_VALUE || day > Integer.MAX_VALUE) {
                throw new JsonMisfit();
            }
            return LocalDate.ofEpochDay(day);
        });
    }

    @Override
    public Reader visit(DataType.Timestamp type) {
        return orNull(() -> {
            String text = string();
            long micros = TimeText.parseTimestamp(text);
            if (!TimeText.isTimestamp(text, micros)) {
                throw new JsonMisfit();
            }
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        });
    }

    @Override
    public Reader visit(DataType.Binary type) {
        return orNull(() -> {
            try {
                return HexFormat.of().parseHex(string());
            } catch (IllegalArgumentException notHexadecimal) {
                throw new JsonMisfit();
            }
        });
    }

    @Override
    public Reader visit(DataType.ListOf type) {
        Reader element = type.element().accept(this);
        return orNull(() -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new JsonMisfit();
            }
            List<@Nullable Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(element.read());
            }
            return elements;
        });
    }

    /** Keys that the type does not have are passed over; fields that the text does not have are null. */
    @Override
    public Reader visit(DataType.Struct type) {
        Map<String, Reader> fields = new HashMap<>();
        for (Field field : type.fields()) {
            fields.put(field.name(), field.type().accept(this));
        }
        return orNull(() -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new JsonMisfit();
            }
            Map<String, @Nullable Object> parts = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.getText();
                parser.nextToken();
                Reader field = fields.get(name);
                if (field == null) {
                    skip();
                } else {
                    parts.put(name, field.read());
                }
            }
            return parts;
        });
    }

    /** Goes to the end of the value. */
    private void skip() throws IOException {
        int depth = 0;
        while (true) {
            JsonToken token = parser.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > MOST_LEVELS) {
                throw new JsonMisfit();
            }
            if (depth == 0) {
                return;
            }
            if (parser.nextToken() == null) {
                throw new JsonMisfit();
            }
        }
    }
}
