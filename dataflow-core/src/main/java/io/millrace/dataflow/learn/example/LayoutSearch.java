package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.Layout.Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the layouts by which texts fall into the wanted parts. */
public final class LayoutSearch {
    private static final int MOST_PLACEMENTS = 64;
    private static final int MOST_LAYOUTS = 16;
    private static final String USUAL = ",;\t|";
    private static final List<String> CLASSES =
            List.of("[0-9]+", "[\\p{L}\\p{M}]+", "[\\p{L}\\p{M}\\p{N}]+", "[^\\s\\p{Z}]+", ".+?");

    private LayoutSearch() {}

    /** A text and the parts it has to fall into, in the order of the text; empty parts are taken where they can be. */
    public record Parted(String text, List<String> parts) {
        public Parted {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The layouts that part all texts as wanted, the likeliest first, whatever the order of the examples; none when there is
     * none.
     *
     * @param examples at least one, all with the same number of parts
     */
    public static List<Layout> layouts(List<Parted> examples) {
        Parted first = examples.stream()
                .min(Comparator.comparing(Parted::text)
                        .thenComparing(each -> each.parts().toString()))
                .orElseThrow();
        Map<String, Layout> found = new LinkedHashMap<>();
        for (List<String> gaps : placements(first)) {
            for (Layout layout : styles(gaps, first, examples)) {
                boolean all = examples.stream().allMatch(each -> layout.parts(each.text())
                        .filter(each.parts()::equals)
                        .isPresent());
                if (all && found.size() < MOST_LAYOUTS) {
                    found.putIfAbsent(layout.pattern() + layout.space(), layout);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /**
     * The layouts by one separator that part most of some texts into the same number of parts, the likeliest first.
     *
     * @param texts texts without a wanted result
     */
    public static List<Layout> layoutsOf(List<String> texts) {
        TreeSet<String> marks = new TreeSet<>();
        for (String text : texts) {
            text.codePoints()
                    .filter(point -> !Character.isLetterOrDigit(point))
                    .forEach(point -> marks.add(Character.toString(point)));
        }
        Map<Layout, Integer> fitting = new LinkedHashMap<>();
        for (String mark : marks) {
            Map<Integer, Integer> byParts = new TreeMap<>();
            for (String text : texts) {
                byParts.merge(text.split(Pattern.quote(mark), -1).length, 1, Integer::sum);
            }
            byParts.remove(1);
            byParts.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .ifPresent(most -> fitting.put(bySeparator(mark, most.getKey()), most.getValue()));
        }
        return fitting.keySet().stream()
                .sorted(Comparator.comparing((Layout layout) -> -fitting.getOrDefault(layout, 0))
                        .thenComparing(layout -> USUAL.indexOf(
                                        layout.words().charAt(layout.words().length() - 2))
                                < 0))
                .limit(MOST_LAYOUTS)
                .toList();
    }

    private static Layout bySeparator(String mark, int parts) {
        String separator = Pattern.quote(mark);
        String part = "((?:(?!" + separator + ").)*+)";
        String pattern = IntStream.range(0, parts).mapToObj(i -> part).collect(Collectors.joining(separator));
        return new Layout(
                "(?s)^" + pattern + "\\z",
                parts,
                "parts between " + Expr.lit(mark),
                mark.isBlank() ? Space.KEPT : Space.TRIMMED);
    }

    /** The texts before, between and after the parts, for each way to find the parts in the text. */
    private static List<List<String>> placements(Parted example) {
        List<List<String>> done = new ArrayList<>();
        List<List<String>> open = new ArrayList<>(List.of(List.of()));
        List<Integer> ends = new ArrayList<>(List.of(0));
        for (int part = 0; part < example.parts().size(); part++) {
            List<List<String>> next = new ArrayList<>();
            List<Integer> nextEnds = new ArrayList<>();
            String wanted = example.parts().get(part);
            for (int i = 0; i < open.size(); i++) {
                int end = ends.get(i);
                for (int at = example.text().indexOf(wanted, end);
                        at >= 0 && next.size() < MOST_PLACEMENTS;
                        at = at < example.text().length() ? example.text().indexOf(wanted, at + 1) : -1) {
                    List<String> gaps = new ArrayList<>(open.get(i));
                    gaps.add(example.text().substring(end, at));
                    next.add(gaps);
                    nextEnds.add(at + wanted.length());
                }
            }
            open = next;
            ends = nextEnds;
        }
        for (int i = 0; i < open.size(); i++) {
            List<String> gaps = new ArrayList<>(open.get(i));
            gaps.add(example.text().substring(ends.get(i)));
            done.add(gaps);
        }
        return done;
    }

    /** The layouts with these gaps, strict ones first. */
    private static List<Layout> styles(List<String> gaps, Parted first, List<Parted> examples) {
        int parts = first.parts().size();
        List<Layout> layouts = new ArrayList<>();
        List<String> inner = gaps.subList(1, parts);
        boolean apart = inner.stream().noneMatch(String::isEmpty);
        List<String> classes = classes(examples, parts);
        for (boolean exact : new boolean[] {true, false}) {
            if (apart) {
                String all = outside(inner);
                layouts.add(layout(gaps, exact, i -> all + "*"));
                layouts.add(layout(gaps, exact, i -> i + 1 < parts ? outside(List.of(inner.get(i))) + "*" : ".*"));
                layouts.add(layout(gaps, exact, i -> i > 0 ? outside(List.of(inner.get(i - 1))) + "*" : ".*"));
            }
            layouts.add(layout(gaps, exact, classes::get));
            if (apart) {
                layouts.add(layout(gaps, exact, i -> i + 1 < parts ? ".*?" : ".*"));
            }
        }
        if (gaps.stream().allMatch(String::isBlank)) {
            layouts.add(fixedWidth(gaps, first));
        }
        return layouts;
    }

    private static Layout layout(List<String> gaps, boolean exact, IntFunction<String> part) {
        StringBuilder pattern = new StringBuilder("(?s)^");
        for (int i = 0; i < gaps.size(); i++) {
            pattern.append(exact ? exactly(gaps.get(i)) : loosely(gaps.get(i)));
            if (i + 1 < gaps.size()) {
                pattern.append('(').append(part.apply(i)).append(')');
            }
        }
        String marks = gaps.stream()
                .filter(gap -> !gap.isEmpty())
                .map(gap -> Expr.lit(exact ? gap : gap.isBlank() ? " " : gap.strip())
                        .toString())
                .collect(Collectors.joining(", "));
        String words = marks.isEmpty()
                ? "parts of different characters"
                : exact ? "parts between " + marks : "parts between " + marks + " with any white space";
        return new Layout(pattern.append("\\z").toString(), gaps.size() - 1, words, exact ? Space.KEPT : Space.TRIMMED);
    }

    private static String exactly(String gap) {
        return gap.isEmpty() ? "" : Pattern.quote(gap);
    }

    private static String loosely(String gap) {
        if (gap.isEmpty()) {
            return "\\s*";
        }
        return gap.isBlank() ? "\\s+" : "\\s*" + Pattern.quote(gap.strip()) + "\\s*";
    }

    private static Layout fixedWidth(List<String> gaps, Parted first) {
        StringBuilder pattern = new StringBuilder("(?s)^");
        List<String> widths = new ArrayList<>();
        int parts = first.parts().size();
        for (int i = 0; i < parts; i++) {
            String before = i == 0 ? gaps.get(0) : "";
            int width = points(before) + points(first.parts().get(i)) + points(gaps.get(i + 1));
            pattern.append(i + 1 < parts ? "(.{" + width + "})" : "(.*)");
            widths.add(String.valueOf(width));
        }
        return new Layout(
                pattern.append("\\z").toString(),
                parts,
                "parts " + String.join(", ", widths.subList(0, parts - 1)) + " characters wide, and the rest",
                Space.TRIMMED);
    }

    /** A character that begins none of the gaps, white space apart where a gap has a mark. */
    private static String outside(List<String> gaps) {
        TreeSet<String> marks = new TreeSet<>();
        for (String gap : gaps) {
            String mark = gap.isBlank() ? gap : gap.strip();
            marks.add(Character.toString(mark.codePointAt(0)));
        }
        return marks.stream()
                .map(mark -> mark.isBlank() ? "\\s" : "\\x{" + Integer.toHexString(mark.codePointAt(0)) + "}")
                .collect(Collectors.joining("", "[^", "]"));
    }

    /** For each part the narrowest kind of characters that it has in all examples. */
    private static List<String> classes(List<Parted> examples, int parts) {
        List<String> classes = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int part = i;
            classes.add(CLASSES.stream()
                    .filter(each -> examples.stream()
                            .allMatch(example -> example.parts().get(part).matches(each)))
                    .findFirst()
                    .orElse(".*?"));
        }
        return classes;
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }
}
