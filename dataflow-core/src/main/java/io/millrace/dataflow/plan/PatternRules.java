package io.millrace.dataflow.plan;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Rules of calls that read texts by patterns, marks or lists of words. */
final class PatternRules {
    private static final String PATTERN = "pattern";
    private static final Pattern NAMED = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private PatternRules() {}

    /** The second argument is a literal pattern. */
    static void pattern(CallRule.Checked call) {
        String pattern = (String) call.literal(1, PATTERN);
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException invalid) {
            String place = invalid.getIndex() < 0 ? "" : " at position " + invalid.getIndex();
            String reason = invalid.getDescription();
            throw call.refusal(
                    1, PATTERN, reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1) + place);
        }
    }

    /**
     * The names of the groups of a pattern, in their order. What looks like the beginning of a group may be something else,
     * so the pattern is asked.
     *
     * @throws PatternSyntaxException for what is no pattern
     */
    static List<String> groupNames(String pattern) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = Pattern.compile("|" + pattern).matcher("");
        matcher.find();
        Matcher named = NAMED.matcher(pattern);
        while (named.find()) {
            if (has(matcher, named.group(1))) {
                names.add(named.group(1));
            }
        }
        return List.copyOf(names);
    }

    private static boolean has(Matcher matcher, String group) {
        try {
            matcher.start(group);
            return true;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    /** The third argument, if there is one, is the literal number or name of a group of the pattern. */
    static void group(CallRule.Checked call) {
        if (call.size() < 3) {
            return;
        }
        Object group = call.literal(2, "group");
        Matcher matcher = anyMatch(call);
        if (group instanceof Long number) {
            if (number < 0 || number > matcher.groupCount()) {
                throw call.refusal(2, "group", "the pattern has " + groups(matcher.groupCount()));
            }
            return;
        }
        try {
            matcher.start((String) group);
        } catch (IllegalArgumentException unknown) {
            throw call.refusal(2, "group", "the pattern has no group of that name");
        }
    }

    /** The third argument is a literal replacement whose references are to groups of the pattern. */
    static void replacement(CallRule.Checked call) {
        String replacement = (String) call.literal(2, "replacement");
        try {
            anyMatch(call).appendReplacement(new StringBuilder(), replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException invalid) {
            String reason = String.valueOf(invalid.getMessage());
            throw call.refusal(2, "replacement", reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1));
        }
    }

    /** The second argument is a literal decimal mark, the third a literal grouping mark or empty. */
    static void marks(CallRule.Checked call) {
        String decimal = (String) call.literal(1, "decimal mark");
        String grouping = (String) call.literal(2, "grouping mark");
        if (!isMark(decimal)) {
            throw call.refusal(1, "decimal mark", "it must be one character that is no letter, digit or sign");
        }
        if (!grouping.isEmpty() && !isMark(grouping)) {
            throw call.refusal(
                    2, "grouping mark", "it must be empty, or one character that is no letter, digit or sign");
        }
        if (grouping.equals(decimal)) {
            throw call.refusal(2, "grouping mark", "it is the decimal mark too");
        }
    }

    /** After the first argument follow pairs of a literal text and what it means. */
    static void meanings(CallRule.Checked call) {
        Map<String, Object> known = new HashMap<>();
        for (int i = 1; i < call.size(); i += 2) {
            String word = ((String) call.literal(i, "text")).toLowerCase(Locale.ROOT);
            Object meaning = call.literal(i + 1, "meaning");
            Object other = known.putIfAbsent(word, meaning);
            if (other != null && !other.equals(meaning)) {
                throw call.refusal(i, "text", "it means both true and false");
            }
        }
    }

    /** A matcher that has matched, whatever the pattern: an empty alternative stands before it. */
    private static Matcher anyMatch(CallRule.Checked call) {
        Matcher matcher = Pattern.compile("|" + call.literal(1, PATTERN)).matcher("");
        matcher.find();
        return matcher;
    }

    private static boolean isMark(String mark) {
        return mark.length() == 1 && !Character.isLetterOrDigit(mark.charAt(0)) && "+-".indexOf(mark.charAt(0)) < 0;
    }

    private static String groups(int count) {
        return count == 0 ? "no groups" : count == 1 ? "1 group" : count + " groups";
    }
}
