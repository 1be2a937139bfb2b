package io.millrace.dataflow.learn.example;

/**
 * Kinds of characters whose runs are parts of a text. A run is as long as it can be, so that its number says which one is
 * meant, from either end.
 */
enum TokenKind {
    DIGITS("digits", "[0-9]", "[^0-9]", 0),
    WORD("word", "[^\\s\\p{Z}]", "[\\s\\p{Z}]", 0),
    LETTERS("letters", "[\\p{L}\\p{M}]", "[^\\p{L}\\p{M}]", 0),
    ALPHANUMERICS("letters and digits", "[\\p{L}\\p{M}\\p{N}]", "[^\\p{L}\\p{M}\\p{N}]", 1),
    CAPITALS("capitals", "\\p{Lu}", "\\P{Lu}", 4),
    SMALL_LETTERS("small letters", "\\p{Ll}", "\\P{Ll}", 4),
    PUNCTUATION("punctuation", "[^\\p{L}\\p{M}\\p{N}\\s\\p{Z}]", "[\\p{L}\\p{M}\\p{N}\\s\\p{Z}]", 5);

    private final String noun;
    private final String inside;
    private final String outside;
    private final int cost;

    TokenKind(String noun, String inside, String outside, int cost) {
        this.noun = noun;
        this.inside = inside;
        this.outside = outside;
        this.cost = cost;
    }

    /** The pattern whose first group is the run of this number from 1. */
    String fromStart(int number) {
        String before = number == 1 ? "" : "(?:" + inside + "++" + outside + "++){" + (number - 1) + "}";
        return "^" + outside + "*+" + before + "(" + inside + "++)";
    }

    /** The pattern whose first group is the run of this number from 1, counted from the end. */
    String fromEnd(int number) {
        String after = number == 1 ? "" : "(?:" + inside + "++" + outside + "*+){" + (number - 1) + "}";
        return "(" + inside + "++)" + outside + "*+" + after + "\\z";
    }

    /** The run of a number from 1, from the end when it is negative. */
    String words(int number) {
        return Ordinals.words(number, noun);
    }

    /** The pattern of one or more characters that are not of this kind. */
    String others() {
        return outside + "+";
    }

    String noun() {
        return noun;
    }

    int cost() {
        return cost;
    }
}
