package io.millrace.dataflow.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.testing.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Maps that hold the same make the same plan, whose fingerprint does not depend on the process that made them. */
class MapOrderLawsTest {
    private static final Dataflow FLOW = Rows.rows("a", "b", "c: text").none();

    @Property(seed = "20260731", tries = 50)
    void mappedValuesAreThoseOfTheMapAndNotOfItsOrder(@ForAll("keys") List<@Nullable Object> keys, @ForAll long seed) {
        Map<@Nullable Object, Object> given = new LinkedHashMap<>();
        keys.forEach(key -> given.put(key, "for " + key));

        assertThat(FLOW.mapValues("c", "d", shuffled(given, seed)).node().fingerprint())
                .isEqualTo(FLOW.mapValues("c", "d", given).node().fingerprint());
    }

    @Property(seed = "20260732", tries = 50)
    void strataAreThoseOfTheMapAndNotOfItsOrder(@ForAll("keys") List<@Nullable Object> keys, @ForAll long seed) {
        Map<List<@Nullable Object>, Double> given = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            given.put(Arrays.asList(keys.get(i), "x"), i / 8.0);
            given.put(Arrays.asList(keys.get(i), null), i / 16.0);
        }
        List<String> columns = List.of("c", "b");

        assertThat(FLOW.stratifiedSample(columns, shuffled(given, seed), 7)
                        .node()
                        .fingerprint())
                .isEqualTo(FLOW.stratifiedSample(columns, given, 7).node().fingerprint());
    }

    @Property(seed = "20260733", tries = 20)
    void namesAreThoseOfTheMapAndNotOfItsOrder(@ForAll long seed) {
        Map<String, String> given = new LinkedHashMap<>(Map.of("a", "b", "b", "c", "c", "a"));

        assertThat(FLOW.renameAll(shuffled(given, seed)).node().fingerprint())
                .isEqualTo(FLOW.renameAll(given).node().fingerprint());
    }

    private static <K extends @Nullable Object, V> Map<K, V> shuffled(Map<K, V> map, long seed) {
        List<Map.Entry<K, V>> entries = new ArrayList<>(map.entrySet());
        Collections.shuffle(entries, new Random(seed));
        Map<K, V> shuffled = new LinkedHashMap<>();
        entries.forEach(entry -> shuffled.put(entry.getKey(), entry.getValue()));
        return shuffled;
    }

    @Provide
    static Arbitrary<List<@Nullable Object>> keys() {
        return Arbitraries.<@Nullable Object>of("a", "B", "", "ä", "null", "z z")
                .injectNull(0.2)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(7);
    }
}
