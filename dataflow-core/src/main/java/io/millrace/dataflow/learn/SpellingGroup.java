package io.millrace.dataflow.learn;

import io.millrace.dataflow.expr.Expr;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Spellings that mean the same.
 *
 * @param spelling what all of them become
 * @param members the spellings, the most frequent first
 */
public record SpellingGroup(String spelling, List<Member> members) {
    public SpellingGroup {
        Objects.requireNonNull(spelling, "spelling");
        members = List.copyOf(members);
    }

    /**
     * A text that was found.
     *
     * @param text the text as it was written
     * @param count how many rows have it
     * @param similarity how similar it is to the spelling of its group, from 0 to 1, by their keys
     */
    public record Member(String text, long count, double similarity) {
        public Member {
            Objects.requireNonNull(text, "text");
        }
    }

    /** The most frequent first; of equally frequent ones the lesser text. */
    static final Comparator<Member> BY_COUNT =
            Comparator.comparingLong(Member::count).reversed().thenComparing(Member::text);

    static SpellingGroup of(String spelling, Collection<Member> members) {
        SpellingKey key = SpellingKey.of(spelling);
        return new SpellingGroup(
                spelling,
                members.stream()
                        .map(member -> new Member(
                                member.text(),
                                member.count(),
                                SpellingKey.of(member.text()).similarity(key, 0)))
                        .sorted(BY_COUNT)
                        .toList());
    }

    /** How many rows have any of the spellings. */
    public long count() {
        return members.stream().mapToLong(Member::count).sum();
    }

    /** Whether it changes nothing: its only member is its spelling. */
    public boolean isAlone() {
        return members.size() == 1 && has(spelling);
    }

    boolean has(String text) {
        return members.stream().anyMatch(member -> member.text().equals(text));
    }

    /** The spelling and its rows, then a line for each member. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Expr.lit(spelling).toString())
                .append(": ")
                .append(count())
                .append(count() == 1 ? " row" : " rows");
        int width = members.stream()
                .mapToInt(member -> Expr.lit(member.text()).toString().length())
                .max()
                .orElse(0);
        for (Member member : members) {
            text.append("\n  ")
                    .append(String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s", Expr.lit(member.text())))
                    .append(String.format(Locale.ROOT, "  %,d", member.count()))
                    .append(
                            member.text().equals(spelling)
                                    ? ""
                                    : String.format(Locale.ROOT, "  similarity %.2f", member.similarity()));
        }
        return text.toString();
    }
}
