package io.millrace.dataflow.learn;

import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.testing.TableAssert;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds of spellings whatever the texts are. */
class SpellingsLawsTest {
    private static final double LEAST = 0.75;

    private final LocalEngine engine = LocalEngine.create().threads(2);

    @Property(seed = "20260721", tries = 80)
    void everyTextIsInOneGroupThatIsSimilarToItsSpelling(@ForAll("texts") List<String> texts) {
        Map<String, Long> counts = new HashMap<>();
        texts.forEach(text -> counts.merge(text, 1L, Long::sum));
        Map<String, Long> found = new HashMap<>();

        for (SpellingGroup group : learn(texts).groups()) {
            assertThat(group.has(group.spelling())).isTrue();
            for (SpellingGroup.Member member : group.members()) {
                assertThat(found.put(member.text(), member.count())).isNull();
                assertThat(member.similarity()).isBetween(LEAST, 1.0);
            }
        }
        assertThat(found).isEqualTo(counts);
    }

    @Property(seed = "20260722", tries = 80)
    void theOrderOfTheRowsDoesNotMatter(@ForAll("texts") List<String> texts, @ForAll long seed) {
        List<String> shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(learn(shuffled).groups()).isEqualTo(learn(texts).groups());
    }

    @Property(seed = "20260723", tries = 80)
    void cleanTextsStayClean(@ForAll("texts") List<String> texts, @ForAll long seed) {
        Spellings learnt = edited(learn(texts), new Random(seed));
        List<List<@Nullable Object>> once = rowsOf(learnt.toDataflow());

        assertThat(rowsOf(learnt.toDataflow().apply(learnt.toRecipe()))).isEqualTo(once);
    }

    @Property(seed = "20260726", tries = 80)
    void whatWasCleanedHasNothingMoreToLearn(@ForAll("texts") List<String> texts) {
        List<String> cleaned = new ArrayList<>();
        rowsOf(learn(texts).toDataflow()).forEach(row -> cleaned.add(String.valueOf(row.get(0))));

        assertThat(learn(cleaned).groups()).allMatch(SpellingGroup::isAlone);
    }

    @Property(seed = "20260724", tries = 80)
    void editsKeepEveryTextInOneGroupOfItsOwnSpelling(@ForAll("texts") List<String> texts, @ForAll long seed) {
        Set<String> members = new HashSet<>();
        Set<String> spellings = new HashSet<>();

        for (SpellingGroup group : edited(learn(texts), new Random(seed)).groups()) {
            assertThat(spellings.add(group.spelling())).isTrue();
            for (SpellingGroup.Member member : group.members()) {
                assertThat(members.add(member.text())).isTrue();
            }
        }
        assertThat(members).isEqualTo(new HashSet<>(texts));
    }

    @Property(seed = "20260725", tries = 300)
    void similarityIsTheSameBothWaysAndOneForOneKeyAlone(@ForAll("text") String first, @ForAll("text") String second) {
        SpellingKey one = SpellingKey.of(first);
        SpellingKey other = SpellingKey.of(second);

        assertThat(one.similarity(other, 0)).isEqualTo(other.similarity(one, 0)).isBetween(0.0, 1.0);
        assertThat(one.similarity(other, 0) == 1).isEqualTo(one.toString().equals(other.toString()));
        double near = one.similarity(other, LEAST);
        assertThat(near).isEqualTo(one.similarity(other, 0) >= LEAST ? one.similarity(other, 0) : 0);
    }

    private static Spellings edited(Spellings learnt, Random random) {
        Spellings edited = learnt;
        for (int i = 0; i < 4; i++) {
            List<SpellingGroup> groups = edited.groups();
            SpellingGroup group = groups.get(random.nextInt(groups.size()));
            SpellingGroup other = groups.get(random.nextInt(groups.size()));
            String member =
                    group.members().get(random.nextInt(group.members().size())).text();
            int edit = random.nextInt(4);
            if (edit == 0 && !group.equals(other)) {
                edited = edited.merge(group.spelling(), other.spelling());
            } else if (edit == 1 && group.members().size() > 1) {
                edited = edited.split(group.spelling(), member);
            } else if (edit == 2) {
                edited = edited.rename(group.spelling(), random.nextBoolean() ? "renamed " + i : member);
            } else if (edit == 3) {
                edited = edited.keep(member);
            }
        }
        return edited;
    }

    private Spellings learn(List<String> texts) {
        List<List<@Nullable Object>> cells = new ArrayList<>();
        texts.forEach(text -> cells.add(Arrays.asList((Object) text)));
        return Learn.from(rows("t: text").ofRows(cells))
                .spellings("t")
                .threshold(LEAST)
                .learn(engine);
    }

    private List<List<@Nullable Object>> rowsOf(Dataflow dataflow) {
        return TableAssert.assertThat(dataflow.collect(engine)).content().rows();
    }

    @Provide
    static Arbitrary<String> text() {
        return Arbitraries.strings().withChars("aAäbB c-1").ofMinLength(0).ofMaxLength(6);
    }

    @Provide
    static Arbitrary<List<String>> texts() {
        return text().list().ofMinSize(1).ofMaxSize(25);
    }
}
