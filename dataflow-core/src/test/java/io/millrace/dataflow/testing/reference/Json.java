package io.millrace.dataflow.testing.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON as RFC 8259 has it, where no object has a key twice. */
final class Json {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern STRING =
            Pattern.compile("\"((?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+)\"");

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** A text that is no JSON. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A value.
     *
     * @param written as it stands in the text
     * @param content a {@code String}; {@code List} or {@code Map} of values; else null
     */
    record Value(String written, @Nullable Object content) {
        boolean isNull() {
            return written.equals("null");
        }
    }

    static Value read(String text) throws Malformed {
        Json json = new Json(text);
        json.skipSpace();
        Value value = json.value();
        json.skipSpace();
        if (json.at != text.length()) {
            throw new Malformed();
        }
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean takes(String token) {
        boolean here = text.startsWith(token, at);
        at += here ? token.length() : 0;
        return here;
    }

    private Value value() throws Malformed {
        int start = at;
        Object content = null;
        if (takes("[")) {
            content = array();
        } else if (takes("{")) {
            content = object();
        } else if (text.startsWith("\"", at)) {
            content = string();
        } else if (!takes("null") && !takes("true") && !takes("false")) {
            match(NUMBER);
        }
        return new Value(text.substring(start, at), content);
    }

    private List<Value> array() throws Malformed {
        List<Value> elements = new ArrayList<>();
        skipSpace();
        if (takes("]")) {
            return elements;
        }
        do {
            skipSpace();
            elements.add(value());
            skipSpace();
        } while (takes(","));
        require("]");
        return elements;
    }

    private Map<String, Value> object() throws Malformed {
        Map<String, Value> members = new LinkedHashMap<>();
        skipSpace();
        if (takes("}")) {
            return members;
        }
        do {
            skipSpace();
            String name = string();
            skipSpace();
            require(":");
            skipSpace();
            if (members.put(name, value()) != null) {
                throw new Malformed();
            }
            skipSpace();
        } while (takes(","));
        require("}");
        return members;
    }

    private void require(String token) throws Malformed {
        if (!takes(token)) {
            throw new Malformed();
        }
    }

    private String match(Pattern pattern) throws Malformed {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw new Malformed();
        }
        at = matcher.end();
        return matcher.group();
    }

    private String string() throws Malformed {
        String written = match(STRING);
        StringBuilder content = new StringBuilder();
        for (int i = 1; i < written.length() - 1; i++) {
            char c = written.charAt(i);
            if (c != '\\') {
                content.append(c);
                continue;
            }
            char escaped = written.charAt(++i);
            int known = "bfnrt".indexOf(escaped);
            if (escaped == 'u') {
                content.append((char) Integer.parseInt(written.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                content.append(known < 0 ? escaped : "\b\f\n\r\t".charAt(known));
            }
        }
        return content.toString();
    }
}
