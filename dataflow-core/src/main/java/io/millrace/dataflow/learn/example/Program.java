package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.Fragment.TimeWritten;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a text is made of the columns of a row: parts of them and constants, one after the other. Immutable, and equal to
 * another when its expressions are.
 */
public final class Program {
    private final Expr value;
    private final String words;
    private final int cost;
    private final boolean isConstant;

    private Program(Expr value, String words, int cost, boolean isConstant) {
        this.value = value;
        this.words = words;
        this.cost = cost;
        this.isConstant = isConstant;
    }

    /** A constant text, or a fragment. */
    record Piece(String constant, Optional<Fragment> fragment) {}

    static Program of(List<Piece> pieces, int cost) {
        List<Piece> merged = withTimesJoined(pieces);
        List<Expr> values = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Piece piece : merged) {
            Expr constant = Expr.lit(piece.constant());
            values.add(piece.fragment().map(Fragment::value).orElse(constant));
            words.add(piece.fragment().map(Fragment::words).orElse(constant.toString()));
        }
        Expr first = values.get(0);
        Expr value = values.size() == 1
                ? first
                : first.text().concat(values.subList(1, values.size()).toArray());
        boolean isConstant = merged.stream().allMatch(piece -> piece.fragment().isEmpty());
        return new Program(value, String.join(" + ", words), cost, isConstant);
    }

    /** The expression of functions of the catalog, a text. Null where a row has no such parts. */
    public Expr value() {
        return value;
    }

    /** How unlikely it is that this was meant: parts and constants count, and what is special about them. */
    public int cost() {
        return cost;
    }

    boolean isConstant() {
        return isConstant;
    }

    /** Parts of one date or time, and what stands between them, as one pattern. */
    private static List<Piece> withTimesJoined(List<Piece> pieces) {
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : pieces) {
            int last = joined.size() - 1;
            Optional<TimeWritten> time = piece.fragment().flatMap(Fragment::time);
            Optional<TimeWritten> before = last < 0 ? Optional.empty() : time(joined.get(last));
            Optional<TimeWritten> beforeMark = last < 1 ? Optional.empty() : time(joined.get(last - 1));
            String mark = last < 0 ? "" : joined.get(last).constant();
            if (time.isPresent() && before.isPresent() && canJoin(before.get(), "", time.get())) {
                joined.set(last, joined(before.get(), "", time.get()));
            } else if (time.isPresent()
                    && beforeMark.isPresent()
                    && joined.get(last).fragment().isEmpty()
                    && canJoin(beforeMark.get(), mark, time.get())) {
                joined.remove(last);
                joined.set(last - 1, joined(beforeMark.get(), mark, time.get()));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }

    private static Optional<TimeWritten> time(Piece piece) {
        return piece.fragment().flatMap(Fragment::time);
    }

    /** A percent sign would make it a pattern of other letters, and letters that touch would be one. */
    private static boolean canJoin(TimeWritten first, String mark, TimeWritten second) {
        boolean apart = !mark.isEmpty()
                || first.pattern().charAt(first.pattern().length() - 1)
                        != second.pattern().charAt(0);
        return first.time().equals(second.time()) && mark.indexOf('%') < 0 && apart;
    }

    private static Piece joined(TimeWritten first, String mark, TimeWritten second) {
        boolean plain = mark.chars().noneMatch(c -> Character.isLetter(c) || "[]{}#'".indexOf(c) >= 0);
        String quoted = plain ? mark : "'" + mark.replace("'", "''") + "'";
        String pattern = first.pattern() + quoted + second.pattern();
        return new Piece(
                "",
                Optional.of(new Fragment(
                        first.time().time().format(pattern),
                        first.words() + " as " + pattern,
                        0,
                        List.of(),
                        Optional.of(new TimeWritten(first.time(), first.words(), pattern)))));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Program program && value.equals(program.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The program in words: {@code the first character of word 1 of name + '. ' + born}. */
    @Override
    public String toString() {
        return words;
    }
}
