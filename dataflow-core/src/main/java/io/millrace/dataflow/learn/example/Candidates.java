package io.millrace.dataflow.learn.example;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fragments that occur in the wanted texts of all examples, of those that give the same texts the likeliest. */
final class Candidates {
    /** Of fragments that cannot be told apart by the examples, so many are kept, for rows to tell them apart. */
    private static final int ALTERNATIVES = 8;

    private static final Comparator<Fragment> ORDER = Comparator.comparingInt(Fragment::cost)
            .thenComparingInt(fragment -> fragment.words().length())
            .thenComparing(Fragment::words);

    private final List<String> wanted;
    private final Map<String, Map<List<String>, List<Fragment>>> byFirst = new HashMap<>();
    /** The texts of the first example by their first character; made when all fragments are there. */
    private final Map<Character, List<String>> index = new HashMap<>();

    Candidates(List<String> wanted) {
        this.wanted = wanted;
    }

    void add(Fragment fragment) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).contains(fragment.texts().get(i))) {
                return;
            }
        }
        List<Fragment> same = byFirst.computeIfAbsent(
                        fragment.texts().get(0), text -> new TreeMap<>(Comparator.comparing(List::toString)))
                .computeIfAbsent(fragment.texts(), texts -> new ArrayList<>());
        int place = 0;
        while (place < same.size() && ORDER.compare(same.get(place), fragment) <= 0) {
            if (same.get(place).value().equals(fragment.value())) {
                return;
            }
            place++;
        }
        if (place < ALTERNATIVES) {
            same.add(place, fragment);
            if (same.size() > ALTERNATIVES) {
                same.remove(ALTERNATIVES);
            }
        }
    }

    /** The fragments whose text in the first example stands at a place of it, in an order that depends on nothing but them. */
    List<Fragment> standingAt(int place) {
        if (index.isEmpty()) {
            byFirst.keySet().stream()
                    .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                    .forEach(text -> index.computeIfAbsent(text.charAt(0), first -> new ArrayList<>())
                            .add(text));
        }
        String first = wanted.get(0);
        List<Fragment> found = new ArrayList<>();
        if (place < first.length()) {
            for (String text : index.getOrDefault(first.charAt(place), List.of())) {
                if (first.startsWith(text, place)) {
                    byFirst.getOrDefault(text, Map.of()).values().forEach(found::addAll);
                }
            }
        }
        return found;
    }
}
