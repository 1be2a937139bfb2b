package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.expr.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Groups of texts that are spellings of the same, each with the spelling that all of them become. A text that was not
 * learnt, null and errors stay as they are. No two groups become the same, and what a group becomes is in no other group:
 * to apply the steps twice is to apply them once. Immutable; an edit names a group by what it becomes.
 */
public final class Spellings implements Learnt {
    /** The greatest group first; of equally great ones the lesser spelling. */
    static final Comparator<SpellingGroup> BY_COUNT =
            Comparator.comparingLong(SpellingGroup::count).reversed().thenComparing(SpellingGroup::spelling);

    private final Dataflow dataflow;
    private final Columns columns;
    private final List<SpellingGroup> groups;

    Spellings(Dataflow dataflow, Columns columns, List<SpellingGroup> groups) {
        this.dataflow = dataflow;
        this.columns = columns;
        this.groups = List.copyOf(groups);
    }

    /** The column that is read, the one the spellings go to, and the one for similarities. */
    record Columns(String source, String target, Optional<String> similarity) {
        Columns {
            Objects.requireNonNull(source, "column");
            Objects.requireNonNull(target, "newColumn");
            if (similarity
                    .filter(name -> name.equals(source) || name.equals(target))
                    .isPresent()) {
                throw new IllegalArgumentException(
                        "the similarity needs a column of its own, not '" + similarity.get() + "'");
            }
        }
    }

    /** The groups, the most frequent first as they were learnt. */
    public List<SpellingGroup> groups() {
        return groups;
    }

    /**
     * The same, with another spelling for a group.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when there is no such group, or another one has the new spelling
     */
    public Spellings rename(String group, String spelling) {
        Objects.requireNonNull(spelling, "spelling");
        String action = "rename group '" + group + "'";
        SpellingGroup renamed = find(group, action);
        for (SpellingGroup other : groups) {
            if (!other.equals(renamed) && (other.spelling().equals(spelling) || other.has(spelling))) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot " + action + " to '" + spelling + "': that is a spelling of group '" + other.spelling()
                                + "'",
                        "Make them one with merge(\"" + other.spelling() + "\", \"" + group + "\")");
            }
        }
        return with(renamed, List.of(SpellingGroup.of(spelling, renamed.members())));
    }

    /**
     * The same, with other groups in {@code group}, which keeps its spelling.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when there is no such group
     * @throws IllegalArgumentException for no other group, or one that is named twice
     */
    public Spellings merge(String group, String... others) {
        SpellingGroup target = find(group, "merge into group '" + group + "'");
        List<SpellingGroup.Member> members = new ArrayList<>(target.members());
        List<SpellingGroup> rest = new ArrayList<>(groups);
        for (String other : others) {
            SpellingGroup merged = find(other, "merge group '" + other + "'");
            if (merged.equals(target) || !rest.remove(merged)) {
                throw new IllegalArgumentException("group '" + other + "' is named twice");
            }
            members.addAll(merged.members());
        }
        if (others.length == 0) {
            throw new IllegalArgumentException("at least one other group is needed");
        }
        rest.set(rest.indexOf(target), SpellingGroup.of(group, members));
        return new Spellings(dataflow, columns, rest);
    }

    /**
     * The same, with some members of a group as a group of their own. What each of the two becomes is its most frequent
     * spelling, but the old group keeps its own where that stays in it, or was no member.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when there is no such group, or it has no such members
     * @throws IllegalArgumentException for no members
     */
    public Spellings split(String group, String... members) {
        String action = "split group '" + group + "'";
        SpellingGroup old = find(group, action);
        Set<String> leaving = Set.copyOf(Arrays.asList(members));
        if (leaving.isEmpty()) {
            throw new IllegalArgumentException("at least one spelling is needed");
        }
        for (String member : members) {
            if (!old.has(member)) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot " + action + ": it has no spelling '" + member + "'",
                        Suggestion.lines(
                                member,
                                "Spellings here",
                                old.members().stream()
                                        .map(SpellingGroup.Member::text)
                                        .toList()));
            }
        }
        if (leaving.size() == old.members().size()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot " + action + ": none of its spellings would stay");
        }
        List<SpellingGroup.Member> apart = old.members().stream()
                .filter(member -> leaving.contains(member.text()))
                .toList();
        List<SpellingGroup.Member> stay = old.members().stream()
                .filter(member -> !leaving.contains(member.text()))
                .toList();
        String spelling = leaving.contains(group) ? stay.get(0).text() : group;
        return with(
                old,
                List.of(
                        SpellingGroup.of(spelling, stay),
                        SpellingGroup.of(apart.get(0).text(), apart)));
    }

    /**
     * The same, with these spellings left as they are, each a group of its own.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when one was not learnt
     */
    public Spellings keep(String... spellings) {
        Spellings kept = this;
        for (String spelling : spellings) {
            SpellingGroup group = kept.groups.stream()
                    .filter(each -> each.has(spelling))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            "keep spelling '" + spelling + "': it was not learnt",
                            spelling,
                            groups.stream()
                                    .flatMap(each -> each.members().stream())
                                    .map(SpellingGroup.Member::text)
                                    .toList()));
            kept = group.members().size() == 1
                    ? kept.with(group, List.of(SpellingGroup.of(spelling, group.members())))
                    : kept.split(group.spelling(), spelling);
        }
        return kept;
    }

    private SpellingGroup find(String group, String action) {
        return groups.stream()
                .filter(each -> each.spelling().equals(group))
                .findFirst()
                .orElseThrow(() -> unknown(
                        action + ": there is no such group",
                        group,
                        groups.stream().map(SpellingGroup::spelling).toList()));
    }

    private static DataflowException unknown(String what, String name, List<String> known) {
        return DataflowException.of(
                ErrorCode.INVALID_ARGUMENT, "Cannot " + what, Suggestion.lines(name, "Spellings here", known));
    }

    private Spellings with(SpellingGroup old, List<SpellingGroup> instead) {
        List<SpellingGroup> changed = new ArrayList<>(groups);
        int place = changed.indexOf(old);
        changed.remove(place);
        changed.addAll(place, instead);
        return new Spellings(dataflow, columns, changed);
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        Expr text = col(columns.source());
        Map<String, String> changed = new LinkedHashMap<>();
        Map<String, Double> similar = new LinkedHashMap<>();
        for (SpellingGroup group : groups) {
            for (SpellingGroup.Member member : group.members()) {
                similar.put(member.text(), member.similarity());
                if (!member.text().equals(group.spelling())) {
                    changed.put(member.text(), group.spelling());
                }
            }
        }
        Expr kept = changed.isEmpty() ? text : text.lookUp(changed).orElse(text);
        boolean inPlace = columns.source().equals(columns.target());
        Recipe recipe = inPlace ? Recipe.empty() : Recipe.empty().withColumn(columns.target(), kept);
        if (columns.similarity().isPresent()) {
            recipe = recipe.withColumn(columns.similarity().get(), text.lookUp(similar));
        }
        return inPlace ? recipe.withColumn(columns.target(), kept) : recipe;
    }

    /** The groups that change something, with the number of rows of each spelling; the others are counted. */
    @Override
    public String toString() {
        int spellings =
                groups.stream().mapToInt(group -> group.members().size()).sum();
        long alone = groups.stream().filter(SpellingGroup::isAlone).count();
        StringBuilder text = new StringBuilder("spellings of ").append(columns.source());
        if (!columns.source().equals(columns.target())) {
            text.append(" as ").append(columns.target());
        }
        text.append(": ").append(spellings).append(spellings == 1 ? " spelling, " : " spellings, ");
        text.append(groups.size()).append(groups.size() == 1 ? " group" : " groups");
        for (SpellingGroup group : groups) {
            if (!group.isAlone()) {
                text.append("\n  ").append(group.toString().replace("\n", "\n  "));
            }
        }
        return alone == 0
                ? text.toString()
                : text.append("\n  alone: ").append(alone).toString();
    }
}
