package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError.Code;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions of text, as lists of code points where positions count. */
final class Texts {
    private static final int LONGEST = 1 << 24;

    private Texts() {}

    static Map<String, Functions.Body> all() {
        Map<String, Functions.Body> all = new TreeMap<>();
        all.put("lower", of(text -> text.toLowerCase(Locale.ROOT)));
        all.put("upper", of(text -> text.toUpperCase(Locale.ROOT)));
        all.put("capitalize", of(TextCases::capitalized));
        all.put("title_case", of(TextCases::titled));
        all.put("normalize", call -> Normalizer.normalize(call.text(0), Normalizer.Form.valueOf(call.text(1))));
        all.put("trim", call -> trimmed(call, true, true));
        all.put("trim_start", call -> trimmed(call, true, false));
        all.put("trim_end", call -> trimmed(call, false, true));
        all.put("collapse_white_space", of(Texts::collapsed));
        all.put("pad_start", call -> padding(call) + call.text(0));
        all.put("pad_end", call -> call.text(0) + padding(call));
        all.put("repeat", Texts::repeated);
        all.put("reverse", of(text -> {
            List<String> points = points(text);
            Collections.reverse(points);
            return String.join("", points);
        }));
        all.put("length", call -> (long) points(call.text(0)).size());
        all.put("contains", call -> call.text(0).contains(call.text(1)));
        all.put("starts_with", call -> call.text(0).startsWith(call.text(1)));
        all.put("ends_with", call -> call.text(0).endsWith(call.text(1)));
        all.put(
                "replace",
                call -> call.text(1).isEmpty() ? call.text(0) : call.text(0).replace(call.text(1), call.text(2)));
        all.put("before", call -> pieces(call.text(0), call.text(1), "").get(0));
        all.put("after", call -> {
            int start = call.text(0).indexOf(call.text(1));
            return start < 0
                    ? null
                    : call.text(0).substring(start + call.text(1).length());
        });
        all.put("substring", Texts::substring);
        all.put("left", call -> slice(call.text(0), 0, length(call, 1)));
        all.put("right", call -> {
            long count = points(call.text(0)).size();
            return slice(call.text(0), Math.max(0, count - length(call, 1)), count);
        });
        all.put("part", call -> part(call, false));
        all.put("parts_from", call -> part(call, true));
        all.put("count_of", call -> pieces(call.text(0), call.text(1)).size() - 1L);
        all.put("index_of", call -> {
            int index = call.text(0).indexOf(call.text(1));
            return index < 0
                    ? null
                    : (long) points(call.text(0).substring(0, index)).size();
        });
        all.put("concat", call -> call.arguments().stream().map(String::valueOf).collect(Collectors.joining()));
        return all;
    }

    private static Functions.Body of(UnaryOperator<String> function) {
        return call -> function.apply(call.text(0));
    }

    static List<String> points(String text) {
        return text.codePoints().mapToObj(Character::toString).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String slice(String text, long from, long to) {
        List<String> points = points(text);
        long start = Math.min(Math.max(0, from), points.size());
        long end = Math.min(Math.max(start, to), points.size());
        return String.join("", points.subList((int) start, (int) end));
    }

    private static long length(Call call, int index) {
        if (call.whole(index) < 0) {
            throw new Wrong(Code.DOMAIN);
        }
        return Math.min(call.whole(index), Integer.MAX_VALUE);
    }

    private static String substring(Call call) {
        long count = points(call.text(0)).size();
        long start = call.whole(1) < 0 ? call.whole(1) + count : call.whole(1);
        if (call.size() == 2) {
            return slice(call.text(0), start, count);
        }
        if (call.whole(2) < 0) {
            throw new Wrong(Code.DOMAIN);
        }
        long end = call.whole(2) > Long.MAX_VALUE - Math.max(0, start) ? Long.MAX_VALUE : start + call.whole(2);
        return slice(call.text(0), start, end);
    }

    private static String trimmed(Call call, boolean start, boolean end) {
        List<String> points = points(call.text(0));
        while (start && !points.isEmpty() && isTrimmed(points.get(0), call)) {
            points.remove(0);
        }
        while (end && !points.isEmpty() && isTrimmed(points.get(points.size() - 1), call)) {
            points.remove(points.size() - 1);
        }
        return String.join("", points);
    }

    private static boolean isTrimmed(String point, Call call) {
        return call.size() == 1 ? isWhiteSpace(point) : points(call.text(1)).contains(point);
    }

    private static boolean isWhiteSpace(String point) {
        return Character.isWhitespace(point.codePointAt(0));
    }

    private static String collapsed(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (String point : points(text + " ")) {
            if (!isWhiteSpace(point)) {
                word.append(point);
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return String.join(" ", words);
    }

    private static String padding(Call call) {
        List<String> filler = points(call.text(2));
        long missing = call.whole(1) - points(call.text(0)).size();
        if (missing <= 0 || filler.isEmpty()) {
            return "";
        }
        if (missing > LONGEST) {
            throw new Wrong(Code.OVERFLOW);
        }
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            padding.append(filler.get(i % filler.size()));
        }
        return padding.toString();
    }

    private static String repeated(Call call) {
        long times = call.whole(1);
        if (times < 0) {
            throw new Wrong(Code.DOMAIN);
        }
        if (call.text(0).isEmpty()) {
            return "";
        }
        if (times > LONGEST / call.text(0).length()) {
            throw new Wrong(Code.OVERFLOW);
        }
        return call.text(0).repeat((int) times);
    }

    /** The pieces between separators; with an empty separator all is one. */
    /** The pieces between separators; all in one with an empty separator. */
    static List<String> pieces(String text, String separator) {
        return separator.isEmpty() ? List.of(text) : pieces(text, separator, text);
    }

    private static List<String> pieces(String text, String separator, String ofEmpty) {
        if (separator.isEmpty()) {
            return List.of(ofEmpty);
        }
        List<String> pieces = new ArrayList<>();
        String rest = text;
        for (int at = rest.indexOf(separator); at >= 0; at = rest.indexOf(separator)) {
            pieces.add(rest.substring(0, at));
            rest = rest.substring(at + separator.length());
        }
        pieces.add(rest);
        return pieces;
    }

    private static @Nullable String part(Call call, boolean all) {
        List<String> pieces = pieces(call.text(0), call.text(1));
        long index = call.whole(2) < 0 ? call.whole(2) + pieces.size() : call.whole(2);
        if (index < 0 || index >= pieces.size()) {
            return null;
        }
        int from = (int) index;
        return all ? String.join(call.text(1), pieces.subList(from, pieces.size())) : pieces.get(from);
    }
}
