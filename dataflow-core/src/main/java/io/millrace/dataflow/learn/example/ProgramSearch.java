package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.learn.example.Program.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest ways to put the wanted texts of all examples together of fragments and constants, at the same time: places in
 * the texts are nodes of a graph, what stands at all of them is an edge, and programs are its shortest paths.
 */
final class ProgramSearch {
    /** So many paths to one place are followed. */
    private static final int PATHS_OF_A_PLACE = 12;
    /** So many paths are followed at all. */
    private static final int MOST_PATHS = 100_000;
    /** Programs that cost so much more than the best are not chosen, whatever they make of the rows. */
    private static final int LEEWAY = 16;
    /** A constant with letters or digits is a guess, one of marks is usual. */
    private static final int CONSTANT = 1;

    private static final int WORDY_CONSTANT = 12;
    private static final int LETTER = 6;
    private static final int MARK = 1;
    /** A further part of a date or time is what is to be expected. */
    private static final int SAME_TIME = 3;
    /** Numbers of one date or time are either all filled up with a zero or none. */
    private static final int UNEVEN = 2;

    private static final Set<String> FILLED = Set.of("dd", "MM", "HH", "hh", "mm", "ss");
    private static final Set<String> UNFILLED = Set.of("d", "M", "H", "h");

    private static final Comparator<Path> ORDER = Comparator.comparingInt((Path path) -> path.cost)
            .thenComparingInt(path -> path.pieces)
            .thenComparingInt(path -> path.number);

    private final List<String> wanted;
    private final Candidates candidates;
    private final int programs;
    private final PriorityQueue<Path> queue = new PriorityQueue<>(ORDER);
    private final Map<String, Integer> followed = new HashMap<>();
    private int made;
    private int dearest = Integer.MAX_VALUE;

    ProgramSearch(List<String> wanted, Candidates candidates, int programs) {
        this.wanted = wanted;
        this.candidates = candidates;
        this.programs = programs;
    }

    /** A way to put together the starts of the texts. The number tells apart what is equal otherwise. */
    private static final class Path {
        private final @Nullable Path before;
        private final @Nullable Piece piece;
        private final int[] places;
        private final int cost;
        private final int pieces;
        private final int number;

        Path(@Nullable Path before, @Nullable Piece piece, int[] places, int cost, int number) {
            this.before = before;
            this.piece = piece;
            this.places = places;
            this.cost = cost;
            this.pieces = before == null ? 0 : before.pieces + 1;
            this.number = number;
        }

        /** This with one more piece. */
        Path and(Piece next, int[] nextPlaces, int more, int nextNumber) {
            return new Path(this, next, nextPlaces, cost + more, nextNumber);
        }

        /** The constant at the end; empty where there is none. */
        String constant() {
            return piece == null ? "" : piece.constant();
        }

        /** What matters of the constant at the end for what comes next. */
        String constantKind() {
            String constant = constant();
            return constant.isEmpty()
                    ? "none"
                    : constant.codePoints().anyMatch(Character::isLetterOrDigit) ? "words" : "marks";
        }

        /** The date or time that the last fragment is of. */
        Optional<Fragment.TimeWritten> time() {
            for (Path path = this; path != null; path = path.before) {
                if (path.piece != null && path.piece.fragment().isPresent()) {
                    return path.piece.fragment().get().time();
                }
            }
            return Optional.empty();
        }
    }

    /** The programs, cheapest first; none that reads no column. */
    List<Program> run() {
        Map<Program, Program> found = new LinkedHashMap<>();
        queue.add(new Path(null, null, new int[wanted.size()], 0, made++));
        for (int paths = 0; paths < MOST_PATHS && !queue.isEmpty() && found.size() < programs; paths++) {
            Path path = queue.remove();
            if (path.cost > dearest) {
                break;
            }
            String place = Arrays.toString(path.places)
                    + path.constantKind()
                    + path.time().map(time -> time.words() + " " + time.pattern());
            boolean atEnd = isAtEnd(path);
            if (!atEnd && followed.merge(place, 1, Integer::sum) > PATHS_OF_A_PLACE) {
                continue;
            }
            if (atEnd) {
                Program program = program(path);
                if (!program.isConstant()) {
                    dearest = Math.min(dearest, path.cost + LEEWAY);
                    found.putIfAbsent(program, program);
                }
            } else {
                extend(path);
            }
        }
        return List.copyOf(found.keySet());
    }

    private boolean isAtEnd(Path path) {
        for (int i = 0; i < wanted.size(); i++) {
            if (path.places[i] < wanted.get(i).length()) {
                return false;
            }
        }
        return true;
    }

    private void extend(Path path) {
        for (Fragment fragment : candidates.standingAt(path.places[0])) {
            if (standsAt(fragment, path.places)) {
                add(path, fragment);
            }
        }
        String next = common(path.places);
        if (!next.isEmpty()) {
            add(path, next);
        }
    }

    private boolean standsAt(Fragment fragment, int[] places) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).startsWith(fragment.texts().get(i), places[i])) {
                return false;
            }
        }
        return true;
    }

    /** The character that stands at these places of all texts; empty when there is none. */
    private String common(int[] places) {
        String first = wanted.get(0);
        if (places[0] >= first.length()) {
            return "";
        }
        String next = Character.toString(first.codePointAt(places[0]));
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).startsWith(next, places[i])) {
                return "";
            }
        }
        return next;
    }

    private void add(Path path, Fragment fragment) {
        int[] places = path.places.clone();
        for (int i = 0; i < places.length; i++) {
            places[i] += fragment.texts().get(i).length();
        }
        int cost =
                fragment.cost() + fragment.time().map(time -> after(path, time)).orElse(0);
        queue.add(path.and(new Piece("", Optional.of(fragment)), places, cost, made++));
    }

    /** What it costs more, or less, to go on with a part of a date or time. */
    private static int after(Path path, Fragment.TimeWritten time) {
        Optional<Fragment.TimeWritten> before =
                path.time().filter(last -> last.words().equals(time.words()));
        if (before.isEmpty()) {
            return 0;
        }
        String last = before.get().pattern();
        boolean uneven = (FILLED.contains(last) && UNFILLED.contains(time.pattern()))
                || (UNFILLED.contains(last) && FILLED.contains(time.pattern()));
        return uneven ? UNEVEN - SAME_TIME : -SAME_TIME;
    }

    /** Goes on with a character as a constant, or with one that is longer by it. */
    private void add(Path path, String next) {
        int[] places = path.places.clone();
        for (int i = 0; i < places.length; i++) {
            places[i] += next.length();
        }
        String before = path.constant();
        Piece piece = new Piece(before + next, Optional.empty());
        int cost = path.cost - cost(before) + cost(before + next);
        Path from = before.isEmpty() ? path : path.before;
        queue.add(new Path(from, piece, places, cost, made++));
    }

    private static int cost(String constant) {
        int letters =
                (int) constant.codePoints().filter(Character::isLetterOrDigit).count();
        int start = constant.isEmpty() ? 0 : letters == 0 ? CONSTANT : WORDY_CONSTANT;
        return start + LETTER * letters + MARK * (constant.length() - letters);
    }

    private static Program program(Path path) {
        List<Piece> pieces = new ArrayList<>();
        for (Path part = path; part != null; part = part.before) {
            if (part.piece != null) {
                pieces.add(part.piece);
            }
        }
        Collections.reverse(pieces);
        return Program.of(pieces, path.cost);
    }
}
