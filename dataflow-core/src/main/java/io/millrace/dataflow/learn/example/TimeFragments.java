package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.Fragment.TimeWritten;
import io.millrace.dataflow.plan.TimePattern;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fragments of a date or time: its parts as numbers and names. */
final class TimeFragments {
    private static final List<String> OF_DAYS =
            List.of("yyyy", "MM", "dd", "yy", "M", "d", "MMM", "MMMM", "EEE", "EEEE", "Q", "w", "DDD");
    private static final List<String> OF_TIMES = List.of("HH", "mm", "ss", "H", "hh", "h", "a");
    private static final Set<String> RARE = Set.of("Q", "w", "DDD");
    private static final int COST = 4;

    private final Candidates candidates;

    TimeFragments(Candidates candidates) {
        this.candidates = candidates;
    }

    /** Adds the fragments of a column of dates or timestamps, which are taken in UTC. */
    void addAll(Expr time, String words, List<Object> values) {
        boolean hasTimes = values.get(0) instanceof Instant;
        List<TemporalAccessor> times = new ArrayList<>();
        for (Object value : values) {
            times.add(value instanceof Instant instant ? instant.atZone(ZoneOffset.UTC) : (LocalDate) value);
        }
        addParts(time, words, times, hasTimes);
    }

    /** Adds the fragments of a text that is a date or time in every example, for each way to read it. */
    void addText(Expr text, String words, List<String> texts) {
        for (TimeFormat format : TimeFormat.fitting(texts)) {
            List<TemporalAccessor> times = new ArrayList<>();
            for (String each : texts) {
                times.add(format.time(each).orElseThrow());
            }
            addParts(format.parse(text), words + " read as " + format.pattern(), times, format.hasTime());
        }
    }

    private void addParts(Expr time, String words, List<TemporalAccessor> times, boolean hasTimes) {
        List<String> patterns = new ArrayList<>(OF_DAYS);
        if (hasTimes) {
            patterns.addAll(OF_TIMES);
        }
        for (String pattern : patterns) {
            TimePattern written = TimePattern.of(pattern);
            candidates.add(new Fragment(
                    time.time().format(pattern),
                    words + " as " + pattern,
                    RARE.contains(pattern) ? COST + 1 : COST,
                    times.stream().map(written::write).toList(),
                    Optional.of(new TimeWritten(time, words, pattern))));
        }
    }
}
