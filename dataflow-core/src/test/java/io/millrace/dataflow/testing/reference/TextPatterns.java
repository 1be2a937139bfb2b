package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.CellError.Code;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions that read texts by patterns, marks or lists of words. */
final class TextPatterns {
    private TextPatterns() {}

    static Map<String, Functions.Body> all() {
        Map<String, Functions.Body> all = new TreeMap<>();
        all.put("matches", call -> matcher(call).matches());
        all.put("contains_match", call -> finds(matcher(call), call.text(0)));
        all.put("extract", TextPatterns::extract);
        all.put("extract_groups", TextPatterns::groups);
        all.put("replace_pattern", call -> replaced(call));
        all.put("to_number", TextPatterns::number);
        all.put("to_bool", TextPatterns::truth);
        return all;
    }

    private static Matcher matcher(Call call) {
        return Pattern.compile(call.text(1)).matcher(call.text(0));
    }

    /** Goes to the next match that neither starts nor ends within a code point. */
    private static boolean finds(Matcher matcher, String text) {
        while (matcher.find()) {
            if (!isWithin(text, matcher.start()) && !isWithin(text, matcher.end())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(String text, int index) {
        return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index));
    }

    private static String replaced(Call call) {
        Matcher matcher = matcher(call);
        StringBuilder result = new StringBuilder();
        while (finds(matcher, call.text(0))) {
            matcher.appendReplacement(result, call.text(2));
        }
        return matcher.appendTail(result).toString();
    }

    private static @Nullable Object groups(Call call) {
        Matcher matcher = matcher(call);
        if (!finds(matcher, call.text(0))) {
            return null;
        }
        Map<String, @Nullable Object> struct = new LinkedHashMap<>();
        for (Field field : ((DataType.Struct) call.written().type()).fields()) {
            struct.put(field.name(), matcher.group(field.name()));
        }
        return struct;
    }

    private static @Nullable String extract(Call call) {
        Matcher matcher = matcher(call);
        if (!finds(matcher, call.text(0))) {
            return null;
        }
        if (call.size() == 2) {
            return matcher.group();
        }
        return call.value(2) instanceof Long number ? matcher.group(number.intValue()) : matcher.group(call.text(2));
    }

    private static double number(Call call) {
        String mark = "[" + Pattern.quote(call.text(1)) + "]";
        String grouping = call.text(2);
        String group = grouping.isEmpty()
                ? "(?!)"
                : grouping.equals(" ")
                        ? "[ \u00A0\u202F]"
                        : grouping.equals("'") ? "['\u2019]" : "[" + Pattern.quote(grouping) + "]";
        Matcher matcher = Pattern.compile("([+-]?)([0-9]{1,3}(?:" + group + "[0-9]{3})+|[0-9]*)(?:" + mark
                        + "([0-9]*))?([eE][+-]?[0-9]+)?")
                .matcher(call.text(0).strip());
        if (!matcher.matches()) {
            throw new Wrong(Code.CAST, call.text(0));
        }
        String whole = matcher.group(2).replaceAll("[^0-9]", "");
        String fraction = matcher.group(3) == null ? "" : matcher.group(3);
        if (whole.isEmpty() && fraction.isEmpty()) {
            throw new Wrong(Code.CAST, call.text(0));
        }
        String exponent = matcher.group(4) == null ? "" : matcher.group(4);
        double value = Double.parseDouble(matcher.group(1) + whole + "." + fraction + exponent);
        if (Double.isInfinite(value)) {
            throw new Wrong(Code.CAST, call.text(0));
        }
        return value;
    }

    private static boolean truth(Call call) {
        for (int i = 1; i < call.size(); i += 2) {
            if (call.text(i).equalsIgnoreCase(call.text(0))) {
                return call.truth(i + 1);
            }
        }
        throw new Wrong(Code.CAST, call.text(0));
    }
}
