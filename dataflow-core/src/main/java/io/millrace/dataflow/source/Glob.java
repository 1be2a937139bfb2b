package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for paths separated by slashes: {@code *} any characters but a slash, {@code ?} one of them, {@code **}
 * any directories, also none, <code>[a-z]</code> and <code>[!a-z]</code> one of a set, <code>{a,b}</code> either.
 * A backslash takes the meaning from the character after it. As in a shell, a wildcard does not match the dot that a
 * hidden file's name starts with.
 */
final class Glob {
    private static final String WILDCARDS = "*?[{";

    private final String pattern;
    private final Pattern regex;
    private final int wildcard;

    private Glob(String pattern, Pattern regex, int wildcard) {
        this.pattern = pattern;
        this.regex = regex;
        this.wildcard = wildcard;
    }

    /** Whether {@code text} has a wildcard. */
    static boolean isPattern(String text) {
        return firstWildcard(text) < text.length();
    }

    /**
     * The pattern that {@code text} spells.
     *
     * @throws DataflowException {@code INVALID_ADDRESS} when a bracket or brace is not closed
     */
    static Glob of(String text) {
        try {
            return new Glob(text, Pattern.compile(new Translation(text).regex(), Pattern.DOTALL), firstWildcard(text));
        } catch (PatternSyntaxException malformed) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ADDRESS,
                    "Cannot understand pattern '" + Addresses.shown(text) + "': a bracket or brace is not closed");
        }
    }

    /** The text with its wildcards quoted, so that it matches itself alone. */
    static String quoted(String text) {
        return text.replaceAll("[*?\\[{\\\\]", "\\\\$0");
    }

    boolean matches(String path) {
        return regex.matcher(path).matches();
    }

    /** The text that every match starts with. */
    String prefix() {
        return unquoted(pattern.substring(0, wildcard));
    }

    /** The directory that holds every match, with a slash at its end; empty for the current one. */
    String directory() {
        String prefix = prefix();
        return prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    /** How many directories below {@link #directory} a match can be, counting itself; unlimited with {@code **}. */
    int depth() {
        String rest = pattern.substring(wildcard);
        if (rest.contains("**") || rest.contains("{")) {
            return Integer.MAX_VALUE;
        }
        return 1 + (int) rest.chars().filter(c -> c == '/').count();
    }

    private static int firstWildcard(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (WILDCARDS.indexOf(c) >= 0) {
                return at;
            }
        }
        return text.length();
    }

    private static String unquoted(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }

    /** One pass over a pattern that writes the regular expression. */
    private static final class Translation {
        private final String text;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private int braces;

        Translation(String text) {
            this.text = text;
        }

        String regex() {
            while (at < text.length()) {
                character(text.charAt(at));
            }
            return braces > 0 ? "(" : regex.toString();
        }

        private void character(char c) {
            boolean startsName = at == 0 || text.charAt(at - 1) == '/';
            switch (c) {
                case '*' -> stars(startsName);
                case '[' -> set(startsName);
                case '?' -> append(startsName ? "(?!\\.)[^/]" : "[^/]");
                case '{' -> {
                    braces++;
                    append("(?:");
                }
                case '}' -> {
                    append(braces > 0 ? ")" : "\\}");
                    braces = Math.max(0, braces - 1);
                }
                case ',' -> append(braces > 0 ? "|" : ",");
                case '\\' -> {
                    at++;
                    append(Pattern.quote(at < text.length() ? text.substring(at, at + 1) : "\\"));
                }
                default -> append(Pattern.quote(String.valueOf(c)));
            }
        }

        /** Writes what one character of the pattern means. */
        private void append(String meaning) {
            regex.append(meaning);
            at++;
        }

        private void stars(boolean startsName) {
            int end = at;
            while (end < text.length() && text.charAt(end) == '*') {
                end++;
            }
            boolean directories = end - at > 1;
            at = end;
            if (directories && startsName && end < text.length() && text.charAt(end) == '/') {
                regex.append("(?:(?!\\.)[^/]+/)*");
                at++;
            } else if (directories && startsName && end == text.length()) {
                regex.append("(?:(?!\\.)[^/]+/)*(?!\\.)[^/]+");
            } else if (directories) {
                regex.append(".*");
            } else {
                regex.append(startsName ? "(?!\\.)[^/]*" : "[^/]*");
            }
        }

        private void set(boolean startsName) {
            int close = text.indexOf(']', Math.min(text.length(), at + 2));
            if (close < 0) {
                throw new PatternSyntaxException("unclosed set", text, at);
            }
            String members = text.substring(at + 1, close);
            boolean negated = members.startsWith("!");
            String escaped = (negated ? members.substring(1) : members).replaceAll("[\\[\\]\\\\^&]", "\\\\$0");
            regex.append(startsName ? "(?!\\.)" : "")
                    .append(negated ? "(?!/)[^" : "[")
                    .append(escaped)
                    .append(']');
            at = close + 1;
        }
    }
}
