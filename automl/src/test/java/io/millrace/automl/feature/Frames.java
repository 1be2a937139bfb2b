package io.millrace.automl.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Frames for tests. */
public final class Frames {
    private Frames() {}

    /** A column of numbers. */
    public static Frame.Numbers numbers(String name, double... values) {
        return new Frame.Numbers(name, values);
    }

    /** A column of texts; null is missing. */
    public static Frame.Texts texts(String name, @Nullable String... values) {
        List<String> dictionary = new ArrayList<>();
        int[] codes = new int[values.length];
        for (int row = 0; row < codes.length; row++) {
            String value = values[row];
            if (value == null) {
                codes[row] = -1;
                continue;
            }
            if (!dictionary.contains(value)) {
                dictionary.add(value);
            }
            codes[row] = dictionary.indexOf(value);
        }
        return new Frame.Texts(name, dictionary.toArray(String[]::new), codes);
    }

    /** A column of times. */
    public static Frame.Times times(String name, long... micros) {
        return new Frame.Times(name, micros);
    }

    /** A frame of columns of one length. */
    public static Frame of(Frame.Column... columns) {
        return Frame.of(columns[0].size(), Arrays.asList(columns));
    }

    /** Rows with every treatment of columns, missing values, and rare texts. */
    public static Frame mixed(int rows, long seed) {
        Random random = new Random(seed);
        double[] amount = new double[rows];
        double[] level = new double[rows];
        @Nullable String[] colour = new String[rows];
        @Nullable String[] code = new String[rows];
        @Nullable String[] remark = new String[rows];
        long[] day = new long[rows];
        long[] moment = new long[rows];
        String[] colours = {"red", "green", "blue", "grün"};
        String[] words = {"late", "Order", "lost", "42", "please!", "call", "thanks", "ok", "again", "refund"};
        for (int row = 0; row < rows; row++) {
            amount[row] = random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian() * 100;
            level[row] = random.nextInt(4);
            colour[row] = random.nextInt(9) == 0 ? null : colours[random.nextInt(colours.length)];
            code[row] = random.nextInt(9) == 0 ? null : "k" + (int) Math.pow(random.nextInt(9), 2);
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 3 + random.nextInt(6); word++) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            remark[row] = random.nextInt(9) == 0 ? null : text + "#" + row;
            day[row] = random.nextInt(9) == 0 ? Frame.Times.MISSING : random.nextInt(9_000) * TimePart.MICROS_A_DAY;
            moment[row] = random.nextInt(9) == 0 ? Frame.Times.MISSING : random.nextLong() >> 14;
        }
        return of(
                numbers("amount", amount),
                numbers("level", level),
                texts("colour", colour),
                texts("code", code),
                texts("remark", remark),
                times("day", day),
                times("moment", moment));
    }

    /** A target that depends on the rows of {@link #mixed}: one of {@code classes}, or a number if there are none. */
    public static double[] target(Frame mixed, int classes) {
        Frame.Numbers amount = (Frame.Numbers) mixed.column("amount");
        double[] target = new double[mixed.rows()];
        for (int row = 0; row < target.length; row++) {
            double score = (amount.isMissing(row) ? 30 : amount.value(row))
                    + (mixed.column("colour").isMissing(row) ? 50 : 0)
                    + 20 * (row % 3);
            target[row] = classes == 0 ? score : Math.floorMod((int) (score / 60), classes);
        }
        return target;
    }
}
