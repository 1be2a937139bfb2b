package io.millrace.automl.feature;

import io.millrace.automl.feature.FeaturePlan.Planned;
import io.millrace.automl.learner.Encoding;
import io.millrace.automl.learner.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fits every column of a plan for one encoding. */
final class FeatureFitter {
    /** Segments of a number in a linear model, where memory allows. */
    private static final int MOST_SEGMENTS = 16;

    private static final int FEWEST_SEGMENTS = 4;
    /** Rows that each segment should have to learn from. */
    private static final int ROWS_A_SEGMENT = 150;
    /** Cells of the matrix that all segments of numbers together may take, 8 bytes each. */
    private static final long SEGMENT_CELLS = 20_000_000;
    /** Cells of the matrix that all words together may take. */
    private static final long WORD_CELLS = 10_000_000;
    /** Words for trees, which take them one at a time. */
    private static final int MOST_WORDS_FOR_TREES = 200;

    private static final int FEWEST_WORDS = 50;
    private static final int MOST_WORDS = 2_000;
    /** Segments of the numbers that describe the form of a text. */
    private static final int FORM_SEGMENTS = 6;
    /** Ranges of values that stand for classes when words are chosen for a regression. */
    private static final int RANGES = 8;

    private final FeaturePlan plan;
    private final Frame training;
    private final double[] target;
    private final Objective objective;
    private final int classes;
    private final Encoding encoding;
    private final int segments;
    private final int words;

    FeatureFitter(
            FeaturePlan plan, Frame training, double[] target, Objective objective, int classes, Encoding encoding) {
        if (target.length != training.rows()) {
            throw new IllegalArgumentException(target.length + " targets for " + training.rows() + " rows");
        }
        this.plan = plan;
        this.training = training;
        this.target = target;
        this.objective = objective;
        this.classes = classes;
        this.encoding = encoding;
        long numbers = plan.columns().stream()
                .filter(planned -> planned.treatment() == Treatment.NUMBER)
                .count();
        long texts = plan.columns().stream()
                .filter(planned ->
                        planned.treatment() == Treatment.TEXT || planned.treatment() == Treatment.CATEGORY_AND_TEXT)
                .count();
        long rows = Math.max(1, training.rows());
        long affordable = Math.min(MOST_SEGMENTS, SEGMENT_CELLS / rows / Math.max(1, numbers));
        this.segments = (int) Math.min(affordable, Math.max(FEWEST_SEGMENTS, rows / ROWS_A_SEGMENT));
        int mostWords = encoding == Encoding.ONE_HOT ? MOST_WORDS : MOST_WORDS_FOR_TREES;
        this.words = (int) Math.max(FEWEST_WORDS, Math.min(mostWords, WORD_CELLS / rows / Math.max(1, texts)));
    }

    FittedFeatures fit() {
        List<FittedColumn> fitted = new ArrayList<>();
        for (Planned planned : plan.used()) {
            Frame.Column column = training.column(planned.column());
            switch (planned.treatment()) {
                case NUMBER -> fitted.add(number(FittedColumn.as(Frame.Numbers.class, column), segments));
                case DATE -> fitted.add(time(column, TimePart.OF_A_DATE));
                case DATE_AND_TIME -> fitted.add(time(column, TimePart.OF_A_TIME));
                case CATEGORY -> fitted.add(category(column));
                case TEXT -> fitted.add(text(column));
                case CATEGORY_AND_TEXT -> {
                    fitted.add(category(column));
                    fitted.add(text(column));
                }
                case IGNORED -> {}
            }
        }
        return new FittedFeatures(encoding, fitted);
    }

    private FittedColumn number(Frame.Numbers column, int mostSegments) {
        return encoding == Encoding.ONE_HOT ? FittedSpline.fit(column, mostSegments) : new FittedNumber(column.name());
    }

    private FittedColumn time(Frame.Column column, List<TimePart> parts) {
        return FittedTime.fit(
                FittedColumn.as(Frame.Times.class, column), parts, (part, values) -> number(values, part.segments()));
    }

    private FittedColumn category(Frame.Column column) {
        return CategoryFitter.fit(FittedColumn.as(Frame.Texts.class, column), response(), encoding);
    }

    private FittedColumn text(Frame.Column column) {
        Frame.Texts texts = FittedColumn.as(Frame.Texts.class, column);
        if (encoding == Encoding.ONE_HOT) {
            return TextFitter.forLinearModels(texts, words, FORM_SEGMENTS);
        }
        return objective == Objective.REGRESSION
                ? TextFitter.forTrees(texts, ranges(), RANGES, words)
                : TextFitter.forTrees(texts, asClasses(), Math.max(2, classes), words);
    }

    /** The target itself; with more than two classes whether a row is of the largest class. */
    private double[] response() {
        if (objective != Objective.MULTICLASS) {
            return target;
        }
        int[] sizes = new int[Math.max(1, classes)];
        for (double row : target) {
            sizes[(int) row]++;
        }
        int largest = 0;
        for (int each = 1; each < sizes.length; each++) {
            largest = sizes[each] > sizes[largest] ? each : largest;
        }
        double[] response = new double[target.length];
        for (int row = 0; row < response.length; row++) {
            response[row] = target[row] == largest ? 1 : 0;
        }
        return response;
    }

    private int[] asClasses() {
        return Arrays.stream(target).mapToInt(row -> (int) row).toArray();
    }

    /** The range of each row's target, between quantiles of all. */
    private int[] ranges() {
        double[] sorted = target.clone();
        Arrays.sort(sorted);
        int[] ranges = new int[target.length];
        for (int row = 0; row < ranges.length; row++) {
            int range = 0;
            while (range < RANGES - 1 && target[row] >= sorted[(int) ((range + 1L) * sorted.length / RANGES)]) {
                range++;
            }
            ranges[row] = range;
        }
        return ranges;
    }
}
