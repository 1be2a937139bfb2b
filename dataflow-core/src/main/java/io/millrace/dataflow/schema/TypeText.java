package io.millrace.dataflow.schema;

import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads types as they print. */
final class TypeText {
    /** The deepest that types may be nested, so that no text overflows the stack. */
    static final int MOST_LEVELS = 64;

    private static final Pattern PLAIN = Pattern.compile("[^\"<>(),:]+");

    private final String text;
    private int at;

    private TypeText(String text) {
        this.text = text;
    }

    static DataType parse(String text) {
        TypeText reader = new TypeText(text);
        try {
            DataType type = reader.type(1);
            reader.skipSpace();
            if (reader.at == text.length()) {
                return type;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new IllegalArgumentException("not a type: " + text, malformed);
        }
        throw new IllegalArgumentException("not a type: " + text);
    }

    /** The name of a field as types write it. */
    static String written(String name) {
        boolean plain = PLAIN.matcher(name).matches() && name.strip().equals(name);
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private DataType type(int level) {
        if (level > MOST_LEVELS) {
            throw new IllegalArgumentException("nested more than " + MOST_LEVELS + " deep");
        }
        skipSpace();
        int start = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        DataType simple = DataTypes.simple().get(word);
        if (simple != null) {
            return simple;
        }
        return switch (word) {
            case "decimal" -> decimal();
            case "list" -> {
                take('<');
                DataType element = type(level + 1);
                take('>');
                yield new DataType.ListOf(element);
            }
            case "struct" -> struct(level);
            default -> throw new IllegalArgumentException("no type is named " + word);
        };
    }

    private DataType decimal() {
        take('(');
        int end = text.indexOf(')', at);
        String[] parts = text.substring(at, end).split(",", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a decimal has a precision and a scale");
        }
        at = end + 1;
        return new DataType.Decimal(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
    }

    private DataType struct(int level) {
        take('<');
        List<Field> fields = new ArrayList<>();
        skipSpace();
        if (text.charAt(at) != '>') {
            do {
                String name = name();
                take(':');
                fields.add(Field.optional(name, type(level + 1)));
            } while (takesComma());
        }
        take('>');
        return new DataType.Struct(fields);
    }

    private String name() {
        skipSpace();
        if (text.charAt(at) != '"') {
            int end = text.indexOf(':', at);
            String name = text.substring(at, end).strip();
            at = end;
            return name;
        }
        StringBuilder name = new StringBuilder();
        for (at++; ; at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                if (at == text.length() || text.charAt(at) != '"') {
                    return name.toString();
                }
            }
            name.append(c);
        }
    }

    private boolean takesComma() {
        skipSpace();
        boolean comma = text.charAt(at) == ',';
        at += comma ? 1 : 0;
        return comma;
    }

    private void take(char wanted) {
        skipSpace();
        if (text.charAt(at) != wanted) {
            throw new IllegalArgumentException("expected " + wanted + " at " + at);
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
