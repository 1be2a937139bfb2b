package io.millrace.dataflow.csv.detect;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a cell looks like, with how much that speaks for the dialect that gave the cell. Wider than the types
 * that columns can have: a price is no number of ours, but no accident either.
 */
enum CellKind {
    EMPTY(0.75, Group.EMPTY),
    /** A text that often stands for no value, as {@code N/A}. */
    ABSENT(0.9, Group.EMPTY),
    INTEGER(1, Group.NUMBER),
    NUMBER(1, Group.NUMBER),
    /** A number with a comma in it, which another dialect would split. */
    COMMA_NUMBER(0.85, Group.NUMBER),
    MONEY(1, Group.NUMBER),
    PERCENT(1, Group.NUMBER),
    DATE(1, Group.TIME),
    TIME(1, Group.TIME),
    TIMESTAMP(1, Group.TIME),
    BOOL(1, Group.BOOL),
    URL(1, Group.ADDRESS),
    EMAIL(1, Group.ADDRESS),
    IP(1, Group.ADDRESS),
    /** One word, or a code of letters, digits and few signs. */
    WORD(0.8, Group.TEXT),
    /** Some words. */
    WORDS(0.7, Group.TEXT),
    /** Any other text. */
    TEXT(0.45, Group.TEXT),
    /** A text that holds what stands between cells or around them elsewhere. */
    BROKEN(0, Group.TEXT);

    /** Kinds that a column may well mix. */
    enum Group {
        EMPTY,
        NUMBER,
        TIME,
        BOOL,
        ADDRESS,
        TEXT
    }

    private static final String DAY = "(\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{4}|\\d{2})"
            + "|\\d{1,2}[- /.]?(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[- /.,]{0,2}(\\d{4}|\\d{2})"
            + "|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.? \\d{1,2},? \\d{4})";
    private static final String CLOCK = "\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?( ?[aApP]\\.?[mM]\\.?)?";
    private static final Pattern DATE_PATTERN = Pattern.compile(DAY);
    private static final Pattern TIME_PATTERN = Pattern.compile(CLOCK);
    private static final Pattern TIMESTAMP_PATTERN =
            Pattern.compile(DAY + "(T|,? +)" + CLOCK + " ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})?");
    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}([,.' ]\\d{3})+([.,]\\d+)?");
    private static final Pattern NUMBER_PATTERN =
            Pattern.compile("[+-]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][+-]?\\d{1,4})?|\\([\\d,.]+\\)");
    private static final Pattern MONEY_PATTERN = Pattern.compile(
            "[+-]?\\p{Sc} ?[+-]?[\\d.,' ]+|[+-]?[\\d.,' ]+ ?(\\p{Sc}|USD|EUR|GBP)|(USD|EUR|GBP) ?[\\d.,']+");
    private static final Pattern URL_PATTERN = Pattern.compile("(?i)((https?|ftps?|file)://|www\\.|mailto:)[^\\s\"]+");
    private static final Pattern EMAIL_PATTERN = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern IP_PATTERN = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(:\\d+|/\\d+)?");
    private static final int LONGEST_WORDS = 80;

    private final double weight;
    private final Group group;

    CellKind(double weight, Group group) {
        this.weight = weight;
        this.group = group;
    }

    /** How much a cell of this kind speaks for the dialect, from 0 to 1. */
    double weight() {
        return weight;
    }

    Group group() {
        return group;
    }

    /** Whether the cell is neither text nor empty. */
    boolean isTyped() {
        return group != Group.TEXT && group != Group.EMPTY;
    }

    /** The kind of a text, apart from blanks around it. */
    static CellKind of(String cell) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return EMPTY;
        }
        Signs signs = Signs.of(text);
        if (signs.letters == 0 && signs.digits == text.length()) {
            return INTEGER;
        }
        if (isAbsent(text)) {
            return ABSENT;
        }
        if (signs.letters == text.length()) {
            return isBool(text) ? BOOL : WORD;
        }
        CellKind typed = signs.digits > 0 ? numeric(text, signs) : null;
        if (typed != null) {
            return typed;
        }
        if (text.indexOf('.') > 0 && text.length() < 2_000) {
            if (EMAIL_PATTERN.matcher(text).matches()) {
                return EMAIL;
            }
            if (URL_PATTERN.matcher(text).matches()) {
                return URL;
            }
        }
        return words(text, signs);
    }

    private static @Nullable CellKind numeric(String text, Signs signs) {
        if (text.length() > 48) {
            return null;
        }
        if (signs.letters <= 1 && NUMBER_PATTERN.matcher(text).matches()) {
            boolean whole = signs.digits == text.length() - 1 && (text.charAt(0) == '-' || text.charAt(0) == '+');
            return whole ? INTEGER : text.indexOf(',') >= 0 ? COMMA_NUMBER : NUMBER;
        }
        if (signs.letters == 0 && GROUPED.matcher(text).matches()) {
            return text.indexOf(',') >= 0 ? COMMA_NUMBER : NUMBER;
        }
        if (text.endsWith("%")
                && NUMBER_PATTERN
                        .matcher(text.substring(0, text.length() - 1).strip())
                        .matches()) {
            return PERCENT;
        }
        if (signs.letters <= 12 && DATE_PATTERN.matcher(text).matches()) {
            return DATE;
        }
        if (text.indexOf(':') > 0) {
            if (TIME_PATTERN.matcher(text).matches()) {
                return TIME;
            }
            if (TIMESTAMP_PATTERN.matcher(text).matches()) {
                return TIMESTAMP;
            }
        }
        if (signs.letters == 0 && IP_PATTERN.matcher(text).matches()) {
            return IP;
        }
        return signs.letters <= 3 && MONEY_PATTERN.matcher(text).matches() ? MONEY : null;
    }

    private static CellKind words(String text, Signs signs) {
        if (signs.broken) {
            return BROKEN;
        }
        if (signs.other == 0 && signs.blanks == 0) {
            return WORD;
        }
        return signs.other <= 1 && text.length() <= LONGEST_WORDS ? WORDS : TEXT;
    }

    private static boolean isBool(String text) {
        return switch (text.length()) {
            case 1 -> "TFYN".indexOf(Character.toUpperCase(text.charAt(0))) >= 0;
            case 2 -> text.equalsIgnoreCase("no");
            case 3 -> text.equalsIgnoreCase("yes");
            case 4 -> text.equalsIgnoreCase("true");
            case 5 -> text.equalsIgnoreCase("false");
            default -> false;
        };
    }

    private static boolean isAbsent(String text) {
        return switch (text.length()) {
            case 1 -> text.equals("-") || text.equals("?") || text.equals(".");
            case 2 -> text.equalsIgnoreCase("na") || text.equals("--") || text.equals("\\N");
            case 3 -> text.equalsIgnoreCase("n/a") || text.equalsIgnoreCase("nan") || text.equals("---");
            case 4 -> text.equalsIgnoreCase("null") || text.equalsIgnoreCase("none");
            default -> false;
        };
    }

    /** What characters a text is made of. */
    private static final class Signs {
        private int letters;
        private int digits;
        private int blanks;
        /** Neither letters, digits, blanks, nor the signs of codes. */
        private int other;
        /** Whether a character stands in it that delimits cells or is around them. */
        private boolean broken;

        static Signs of(String text) {
            Signs signs = new Signs();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= '0' && c <= '9') {
                    signs.digits++;
                } else if (Character.isLetter(c)) {
                    signs.letters++;
                } else if (c == ' ') {
                    signs.blanks++;
                } else if (c == ';' || c == '\t' || c == '|' || c == ',') {
                    boolean inSentence = (c == ',' || c == ';') && i + 1 < text.length() && text.charAt(i + 1) == ' ';
                    signs.broken |= !inSentence;
                    signs.other++;
                } else if (c == '"' && (i == 0 || i == text.length() - 1)) {
                    signs.broken = true;
                } else if (c != '_' && c != '-' && c != '.' && c != '\'' && c != '/' && c != '(' && c != ')'
                        && c != '&') {
                    signs.other++;
                }
            }
            return signs;
        }
    }
}
