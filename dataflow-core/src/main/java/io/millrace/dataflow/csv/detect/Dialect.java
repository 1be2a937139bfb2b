package io.millrace.dataflow.csv.detect;

import java.util.Locale;

/**
 * One way to split a text into cells.
 *
 * @param delimiter what stands between cells; empty where every line is one cell
 * @param quote the character around cells, or {@link #NONE}
 * @param escape the character before a quote in a quoted cell; the quote itself where quotes are doubled
 * @param comment the character that makes a line a comment, or {@link #NONE}
 */
record Dialect(String delimiter, char quote, char escape, char comment) {
    /** No such character. */
    static final char NONE = '\0';

    /** The delimiter that a text of one column is read with. */
    static final String OF_ONE_COLUMN = "";

    Dialect withComment(char other) {
        return new Dialect(delimiter, quote, escape, other);
    }

    /** Whether both delimiters begin alike. */
    boolean isKinOf(Dialect other) {
        return isOfOneColumn()
                ? other.isOfOneColumn()
                : !other.isOfOneColumn() && delimiter.charAt(0) == other.delimiter.charAt(0);
    }

    boolean isOfOneColumn() {
        return delimiter.isEmpty();
    }

    /** A delimiter or quote as a report shows it. */
    static String shown(String characters) {
        return switch (characters) {
            case "\t" -> "a tab";
            case " " -> "a space";
            case "" -> "none";
            case "'" -> "\"'\"";
            default -> isPrintable(characters) ? "'" + characters + "'" : codes(characters);
        };
    }

    static String shown(char character) {
        return character == NONE ? "none" : shown(String.valueOf(character));
    }

    private static boolean isPrintable(String characters) {
        return characters.chars().noneMatch(Character::isISOControl);
    }

    private static String codes(String characters) {
        StringBuilder codes = new StringBuilder();
        characters.chars().forEach(c -> codes.append(codes.isEmpty() ? "U+" : " U+")
                .append(String.format(Locale.ROOT, "%04X", c)));
        return codes.toString();
    }
}
