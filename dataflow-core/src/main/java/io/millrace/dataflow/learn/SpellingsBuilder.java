package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Learns which texts of a column are spellings of the same, and which of them is the one to keep.
 *
 * <p>Texts with the same key are one group: the words of the text, in order, without case, accents, apostrophes and what
 * else is no letter, digit or symbol. Then the groups are taken from the most frequent to the rarest, and each joins the most
 * similar one before it that is kept, if they are similar enough. Two keys are similar by the share of the longer one that
 * needs no edit, which adds, drops or changes a letter or makes two neighbours change places; words with digits have to be
 * the same. What a group becomes is the most frequent spelling of the key that is kept. So the order of the rows does not
 * matter, nothing is in a group by way of a third spelling, and what was cleaned has nothing more to learn. Immutable.
 */
public final class SpellingsBuilder {
    private static final double LEAST = 0.8;
    private static final int MOST = 10_000;

    private final Dataflow dataflow;
    private final Spellings.Columns columns;
    private final double least;
    private final int most;

    private SpellingsBuilder(Dataflow dataflow, Spellings.Columns columns, double least, int most) {
        this.dataflow = dataflow;
        this.columns = columns;
        this.least = least;
        this.most = most;
    }

    static SpellingsBuilder of(Dataflow dataflow, String column) {
        return new SpellingsBuilder(dataflow, new Spellings.Columns(column, column, Optional.empty()), LEAST, MOST);
    }

    /** Puts the spellings that are kept into a column of this name; in place unless said. */
    public SpellingsBuilder into(String newColumn) {
        return new SpellingsBuilder(
                dataflow, new Spellings.Columns(columns.source(), newColumn, columns.similarity()), least, most);
    }

    /**
     * Adds a column of {@code float64} with how similar each text is to the spelling it becomes, from 0 to 1; null for
     * texts that were not learnt.
     *
     * @throws IllegalArgumentException for the name of the column itself, or the one the spellings are put into
     */
    public SpellingsBuilder similarityInto(String newColumn) {
        return new SpellingsBuilder(
                dataflow,
                new Spellings.Columns(columns.source(), columns.target(), Optional.of(newColumn)),
                least,
                most);
    }

    /**
     * Takes spellings for the same from this similarity on; 0.8 unless said. With 1, only what has the same key is.
     *
     * @throws IllegalArgumentException unless it is above 0 and at most 1
     */
    public SpellingsBuilder threshold(double similarity) {
        if (!(similarity > 0 && similarity <= 1)) {
            throw new IllegalArgumentException("a threshold must be above 0 and at most 1: " + similarity);
        }
        return new SpellingsBuilder(dataflow, columns, similarity, most);
    }

    /** Learns from up to so many different texts; 10,000 unless said. The time grows with their square. */
    public SpellingsBuilder limit(int texts) {
        return new SpellingsBuilder(dataflow, columns, least, Labels.checkedLimit(texts));
    }

    /**
     * Runs the dataflow once, to count the rows of each text, and compares the texts here.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for what is no text; {@code
     *     NOTHING_TO_LEARN} when the column has no value; {@code TOO_MANY_VALUES} for more texts than the limit
     */
    public Spellings learn(Engine engine) {
        String column = columns.source();
        Query.text(dataflow.schema(engine), column, "group the spellings of");
        String count = Query.free("count", List.of(column));
        Dataflow counted = Query.values(dataflow, column)
                .groupBy(column)
                .aggregate(Aggregate.count().as(count))
                .sort(column)
                .limit(most + 1L);
        List<SpellingGroup.Member> texts = new ArrayList<>();
        for (List<@Nullable Object> row : Query.rows(counted, engine)) {
            texts.add(new SpellingGroup.Member(
                    (String) Objects.requireNonNull(row.get(0)), (Long) Objects.requireNonNull(row.get(1)), 1));
        }
        if (texts.isEmpty()) {
            throw Query.nothing("the spellings", column);
        }
        if (texts.size() > most) {
            throw Query.tooMany("the spellings", column, most);
        }
        return new Spellings(dataflow, columns, grouped(texts));
    }

    private List<SpellingGroup> grouped(List<SpellingGroup.Member> texts) {
        Map<String, List<SpellingGroup.Member>> byKey = new LinkedHashMap<>();
        texts.stream().sorted(SpellingGroup.BY_COUNT).forEach(text -> byKey.computeIfAbsent(
                        SpellingKey.of(text.text()).toString(), key -> new ArrayList<>())
                .add(text));
        List<SpellingGroup> found = byKey.values().stream()
                .map(members -> new SpellingGroup(members.get(0).text(), members))
                .sorted(Spellings.BY_COUNT)
                .toList();
        List<SpellingKey> keys = new ArrayList<>();
        List<List<SpellingGroup.Member>> kept = new ArrayList<>();
        for (SpellingGroup group : found) {
            SpellingKey key = SpellingKey.of(group.spelling());
            int nearest = nearest(key, keys);
            if (nearest < 0) {
                keys.add(key);
                kept.add(new ArrayList<>(group.members()));
            } else {
                kept.get(nearest).addAll(group.members());
            }
        }
        return kept.stream()
                .map(members -> SpellingGroup.of(members.get(0).text(), members))
                .sorted(Spellings.BY_COUNT)
                .toList();
    }

    /** The place of the most similar key, of several the first; −1 when none is similar enough. */
    private int nearest(SpellingKey key, List<SpellingKey> keys) {
        int nearest = -1;
        double greatest = 0;
        for (int i = 0; i < keys.size(); i++) {
            double similarity = key.similarity(keys.get(i), least);
            if (similarity > greatest) {
                greatest = similarity;
                nearest = i;
            }
        }
        return nearest;
    }

    /** What is asked for. */
    @Override
    public String toString() {
        return "spellings of " + Expr.col(columns.source()) + " from similarity " + least;
    }
}
