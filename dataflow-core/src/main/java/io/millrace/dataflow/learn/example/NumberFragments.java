package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.Fragment.Change;
import io.millrace.dataflow.schema.DataTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fragments of a number: rounded to so many decimals, with or without a mark between thousands. */
final class NumberFragments {
    private static final int MOST_DECIMALS = 6;
    private static final int DIGITS = 38;
    private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,15}(?:\\.[0-9]{1,10})?");
    private static final Pattern GROUPED = Pattern.compile("-?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\\.[0-9]{1,10})?");
    /** Places before which three, six… digits stand up to the point, and none of them behind a point. */
    private static final String THOUSANDS = "(?<=[0-9])(?=(?:[0-9]{3})+(?![0-9]))(?<!\\.[0-9]{0,9})";

    private final Candidates candidates;

    NumberFragments(Candidates candidates) {
        this.candidates = candidates;
    }

    /** Adds the fragments of a column of numbers. */
    void addAll(Expr number, String words, List<Object> values) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Double real) {
                if (!Double.isFinite(real)) {
                    return;
                }
                numbers.add(BigDecimal.valueOf(real));
            } else {
                numbers.add(value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) value));
            }
        }
        addRounded(number, words, numbers);
    }

    /** Adds the fragments of a text that is a number in every example. */
    void addText(Expr text, String words, List<String> texts) {
        boolean plain = texts.stream().allMatch(each -> PLAIN.matcher(each).matches());
        boolean grouped = texts.stream()
                .allMatch(each ->
                        PLAIN.matcher(each).matches() || GROUPED.matcher(each).matches());
        if (plain || grouped) {
            Expr number = plain ? text.cast(DataTypes.FLOAT64) : text.text().toNumber(".", ",");
            addRounded(
                    number,
                    words,
                    texts.stream()
                            .map(each -> new BigDecimal(each.replace(",", "")))
                            .toList());
        }
    }

    private void addRounded(Expr number, String words, List<BigDecimal> numbers) {
        for (int i = 0; i <= MOST_DECIMALS; i++) {
            int decimals = i;
            Expr rounded = number.math()
                    .round(decimals)
                    .cast(DataTypes.decimal(DIGITS, decimals))
                    .cast(DataTypes.TEXT);
            Fragment fragment = Fragment.of(
                    rounded,
                    words + " rounded to " + (decimals == 1 ? "1 decimal" : decimals + " decimals"),
                    4,
                    numbers.stream()
                            .map(each -> each.setScale(decimals, RoundingMode.HALF_UP)
                                    .toPlainString())
                            .toList());
            candidates.add(fragment);
            mark(fragment, ",");
            mark(fragment, " ");
            mark(fragment, "'");
        }
    }

    private void mark(Fragment fragment, String mark) {
        Fragment marked = fragment.changed(new Change(
                text -> grouped(text, mark),
                value -> value.text().replacePattern(THOUSANDS, mark),
                words -> words + " with " + Expr.lit(mark) + " between thousands",
                2));
        if (marked != null && !marked.texts().equals(fragment.texts())) {
            candidates.add(marked);
        }
    }

    private static @Nullable String grouped(String text, String mark) {
        return text.replaceAll(THOUSANDS, mark);
    }
}
