package io.millrace.dataflow.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Phrases "Did you mean": for columns, functions, parameters and credentials alike. */
public final class Suggestion {
    private static final int MOST_ALTERNATIVES = 10;

    private Suggestion() {}

    /**
     * The candidate that {@code name} was probably meant to be: one equal to it ignoring case, else the one at the
     * least edit distance within {@code max(1, length / 3)}, else none. Two letters that changed places count as one
     * edit. Polars uses the same threshold.
     */
    public static Optional<String> closest(String name, Collection<String> candidates) {
        Optional<String> best = Optional.empty();
        int bestDistance = Math.max(1, name.length() / 3) + 1;
        for (String candidate : candidates) {
            if (candidate.equalsIgnoreCase(name)) {
                return Optional.of(candidate);
            }
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT), bestDistance);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /**
     * The detail lines for an unknown name: "Did you mean 'x'?" where there is a likely one, then
     * "{@code label}: a, b, c" with at most ten alternatives.
     */
    public static List<String> lines(String name, String label, Collection<String> candidates) {
        List<String> lines = new ArrayList<>();
        closest(name, candidates).ifPresent(match -> lines.add("Did you mean '" + match + "'?"));
        lines.addAll(alternatives(label, candidates));
        return lines;
    }

    /** The detail line "{@code label}: a, b, c" with at most ten alternatives; none when there are no candidates. */
    public static List<String> alternatives(String label, Collection<String> candidates) {
        List<String> lines = new ArrayList<>();
        if (!candidates.isEmpty()) {
            StringBuilder list = new StringBuilder(label).append(": ");
            int shown = 0;
            for (String candidate : candidates) {
                if (shown == MOST_ALTERNATIVES) {
                    list.append(", and ").append(candidates.size() - shown).append(" more");
                    break;
                }
                list.append(shown == 0 ? "" : ", ").append(candidate);
                shown++;
            }
            lines.add(list.toString());
        }
        return lines;
    }

    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] oldest = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = oldest;
        }
        return previous[b.length()];
    }
}
