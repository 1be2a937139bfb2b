package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Times systems beside each other: warm, in turns, several times, so that whatever else happens on the machine happens
 * to all of them.
 */
final class PairedRun {
    /** How often each side runs before it is timed, and how often it is timed. */
    record Times(int warm, int timed) {
        /** For works that are over in a moment, and waver. */
        static final Times MANY = new Times(3, 7);

        /** For works of less than a second or two. */
        static final Times USUAL = new Times(2, 5);

        /** For works that take longer. */
        static final Times FEW = new Times(1, 3);
    }

    private final List<Result> results = new ArrayList<>();

    /** The median of each side in one work, in milliseconds; the first side is the one that others are compared with. */
    record Result(String work, Map<String, Double> medians) {
        /** How many times as long as another side the first one takes; below one for a faster one. */
        double ratio(String side) {
            double first = medians.values().iterator().next();
            return first / medians.getOrDefault(side, Double.NaN);
        }
    }

    /** Times one work, by the name of each side; ours comes first. Prints a line. */
    Result time(String work, Map<String, Callable<Long>> sides, Times often) throws Exception {
        for (int i = 0; i < often.warm; i++) {
            for (Callable<Long> side : sides.values()) {
                side.call();
            }
        }
        Map<String, double[]> times = new LinkedHashMap<>();
        sides.keySet().forEach(side -> times.put(side, new double[often.timed]));
        for (int i = 0; i < often.timed; i++) {
            for (Map.Entry<String, Callable<Long>> side : sides.entrySet()) {
                long start = System.nanoTime();
                side.getValue().call();
                Objects.requireNonNull(times.get(side.getKey()))[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((side, taken) -> {
            Arrays.sort(taken);
            medians.put(side, taken[often.timed / 2]);
        });
        Result result = new Result(work, medians);
        add(result);
        return result;
    }

    /** Takes in what was timed elsewhere. Prints a line. */
    void add(Result result) {
        results.add(result);
        System.out.println(line(result));
    }

    private static String line(Result result) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-28s", result.work));
        result.medians.forEach((side, millis) -> {
            line.append(String.format(Locale.ROOT, "  %s %,8.1f ms", side, millis));
            if (!side.equals(result.medians.keySet().iterator().next())) {
                line.append(String.format(Locale.ROOT, " (ours is %.2f of it)", result.ratio(side)));
            }
        });
        return line.toString();
    }

    /** Every result so far as a table in Markdown: milliseconds, and in brackets what part of another's time ours is. */
    String table() {
        Set<String> sides = new LinkedHashSet<>();
        results.forEach(result -> sides.addAll(result.medians.keySet()));
        StringBuilder table = new StringBuilder("| work |");
        sides.forEach(side -> table.append(' ').append(side).append(" |"));
        table.append("\n|---|").append("---|".repeat(sides.size())).append('\n');
        for (Result result : results) {
            table.append("| ").append(result.work).append(" |");
            String first = result.medians.keySet().iterator().next();
            for (String side : sides) {
                Double millis = result.medians.get(side);
                table.append(millis == null ? " " : String.format(Locale.ROOT, " %,.0f", millis));
                if (millis != null && !side.equals(first)) {
                    table.append(String.format(Locale.ROOT, " (%.2f)", result.ratio(side)));
                }
                table.append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    /** Every result so far as JSON: an array of works, each with the median milliseconds of its sides. */
    String json() {
        StringBuilder json = new StringBuilder("[");
        for (Result result : results) {
            json.append(json.length() == 1 ? "\n" : ",\n")
                    .append("  {\"work\": \"")
                    .append(result.work)
                    .append("\", \"medians_ms\": {");
            String separator = "";
            for (Map.Entry<String, Double> side : result.medians.entrySet()) {
                json.append(String.format(Locale.ROOT, "%s\"%s\": %.3f", separator, side.getKey(), side.getValue()));
                separator = ", ";
            }
            json.append("}}");
        }
        return json.append("\n]\n").toString();
    }
}
