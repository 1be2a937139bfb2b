package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.TimePattern;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A way in which dates and times are commonly written, of those that are looked for. */
public final class TimeFormat {
    /** Which of the numbers of a day and a month comes first. */
    public enum Order {
        /** It is clear: by the year in front, or by the name of the month. */
        CLEAR,
        /** The day. */
        DAY_FIRST,
        /** The month. */
        MONTH_FIRST
    }

    private static final LocalDateTime SAMPLE = LocalDateTime.of(2011, 5, 14, 10, 15, 16);
    private static final List<TimeFormat> ALL = all();

    private final String pattern;
    private final Order order;
    private final boolean hasTime;
    private final TimePattern parsed;
    private final String outline;

    private TimeFormat(String day, Order order, String time) {
        this.pattern = day + time;
        this.order = order;
        this.hasTime = !time.isEmpty();
        this.parsed = TimePattern.of(pattern);
        this.outline = outline(parsed.write(SAMPLE.atZone(ZoneOffset.UTC)));
    }

    private static List<TimeFormat> all() {
        List<String> times = List.of("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p");
        List<TimeFormat> all = new ArrayList<>();
        for (String time : times) {
            for (String day : List.of("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")) {
                all.add(new TimeFormat(day, Order.CLEAR, time));
            }
            for (String mark : List.of("/", "-", ".")) {
                for (String year : List.of("%Y", "%y")) {
                    all.add(new TimeFormat("%d" + mark + "%m" + mark + year, Order.DAY_FIRST, time));
                    all.add(new TimeFormat("%m" + mark + "%d" + mark + year, Order.MONTH_FIRST, time));
                }
            }
            for (String month : List.of("%b", "%B")) {
                for (String day : List.of(
                        "%d M %Y",
                        "%d. M %Y",
                        "%d-M-%Y",
                        "%d-M-%y",
                        "M %d, %Y",
                        "M %d %Y",
                        "%a, %d M %Y",
                        "%A, %d M %Y",
                        "%A, M %d, %Y",
                        "%Y M %d",
                        "%Y-M-%d")) {
                    all.add(new TimeFormat(day.replace("M", month), Order.CLEAR, time));
                }
            }
        }
        return List.copyOf(all);
    }

    /** The formats by which every one of some texts is read, in a fixed order; none for no texts. */
    public static List<TimeFormat> fitting(List<String> texts) {
        return texts.isEmpty()
                ? List.of()
                : ALL.stream()
                        .filter(format -> texts.stream().allMatch(format::fits))
                        .toList();
    }

    /** The formats by which at least one of some texts is read, in a fixed order. */
    public static List<TimeFormat> ofSome(List<String> texts) {
        return ALL.stream()
                .filter(format -> texts.stream().anyMatch(format::fits))
                .toList();
    }

    /** The pattern, with the letters of {@code strftime}. */
    public String pattern() {
        return pattern;
    }

    /** Which of the numbers of a day and a month comes first. */
    public Order order() {
        return order;
    }

    /** Whether it has a time of day. */
    public boolean hasTime() {
        return hasTime;
    }

    /** The same with the numbers of day and month in the other order; empty where the order is clear. */
    public Optional<TimeFormat> otherOrder() {
        if (order == Order.CLEAR) {
            return Optional.empty();
        }
        String swapped = pattern.replace("%d", "%?").replace("%m", "%d").replace("%?", "%m");
        return ALL.stream().filter(format -> format.pattern.equals(swapped)).findFirst();
    }

    /** Whether a text is a date or time written so. */
    public boolean fits(String text) {
        return time(text).isPresent();
    }

    /** A text that is written so as a date, or with a time of day as a timestamp in UTC; another one is an error value. */
    public Expr parse(Expr text) {
        return hasTime ? text.time().parse(pattern) : text.time().parseDate(pattern);
    }

    Optional<TemporalAccessor> time(String text) {
        if (text.length() > 60 || !outline.equals(outline(text))) { // reading a misfit costs an exception
            return Optional.empty();
        }
        return parsed.read(text).flatMap(read -> {
            LocalDate date = read.query(TemporalQueries.localDate());
            LocalTime time = Objects.requireNonNullElse(read.query(TemporalQueries.localTime()), LocalTime.MIDNIGHT);
            if (date == null) {
                return Optional.empty();
            }
            return Optional.of(hasTime ? date.atTime(time).atZone(ZoneOffset.UTC) : date);
        });
    }

    /** The text with each run of digits as 9 and each run of letters as a. */
    private static String outline(String text) {
        StringBuilder outline = new StringBuilder();
        char last = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char kind = c >= '0' && c <= '9' ? '9' : Character.isLetter(c) ? 'a' : c;
            if (kind != last || (kind != '9' && kind != 'a')) {
                outline.append(kind);
            }
            last = kind;
        }
        return outline.toString();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
