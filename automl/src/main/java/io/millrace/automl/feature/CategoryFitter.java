package io.millrace.automl.feature;

import io.millrace.automl.feature.FittedCategory.Form;
import io.millrace.automl.learner.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Learns the categories of a text column. */
final class CategoryFitter {
    /** More categories than this do not fit the histogram bins of a tree learner. */
    private static final int MOST_CODES = 254;
    /** Features of a linear model that one column may make. */
    private static final int MOST_ONE_HOT = 256;
    /** Up to this many categories are one-hot, more an order, for a learner that knows numbers alone. */
    private static final int FEW = 2;
    /** From this many distinct texts on, how frequent a category is becomes a feature. */
    private static final int MANY = 50;
    /** Texts in fewer training rows than this are rare, once there are enough rows. */
    private static final int RARE = 2;

    private static final int ENOUGH_ROWS = 100;
    /** With fewer rows a category than this the mean of the target says more about the rows than about the category. */
    private static final int ROWS_FOR_A_MEAN = 20;
    /** Rows of the overall mean that are added to each category's own. */
    private static final double PRIOR_ROWS = 10;

    private final Frame.Texts training;
    private final int[] counts;
    private final List<Integer> ranked = new ArrayList<>();
    private final boolean missing;

    private CategoryFitter(Frame.Texts training) {
        this.training = training;
        this.counts = new int[training.distinct()];
        int present = 0;
        for (int row = 0; row < training.size(); row++) {
            if (!training.isMissing(row)) {
                counts[training.code(row)]++;
                present++;
            }
        }
        this.missing = present < training.size();
        for (int code = 0; code < counts.length; code++) {
            if (counts[code] > 0) {
                ranked.add(code);
            }
        }
        ranked.sort(Comparator.comparingInt((Integer code) -> -counts[code]).thenComparing(training::text));
    }

    /** Learns from the training rows; {@code response} is a number for each row that grows with what is predicted. */
    static FittedCategory fit(Frame.Texts training, double[] response, Encoding encoding) {
        CategoryFitter fitter = new CategoryFitter(training);
        return switch (encoding) {
            case CODES -> fitter.build(Form.CODE, MOST_CODES, response);
            case ONE_HOT -> fitter.build(Form.ONE_HOT, MOST_ONE_HOT, response);
            case ORDINAL ->
                fitter.ranked.size() <= FEW
                        ? fitter.build(Form.ONE_HOT, FEW, response)
                        : fitter.build(Form.PLACE, Integer.MAX_VALUE, response);
        };
    }

    private FittedCategory build(Form form, int most, double[] response) {
        int fewest = training.size() < ENOUGH_ROWS ? 1 : RARE;
        int kept = 0;
        while (kept < ranked.size() && kept < most && counts[ranked.get(kept)] >= fewest) {
            kept++;
        }
        boolean others = kept < ranked.size();
        String[] categories = new String[kept];
        for (int category = 0; category < kept; category++) {
            categories[category] = training.text(ranked.get(category));
        }
        boolean frequency = form != Form.ONE_HOT && ranked.size() >= MANY;
        return new FittedCategory(
                training.name(),
                form,
                categories,
                others,
                form == Form.ONE_HOT && missing,
                form == Form.PLACE ? places(kept, others, response) : new double[0],
                frequency ? frequencies(kept, others) : new double[0]);
    }

    private double[] frequencies(int kept, boolean others) {
        double[] frequencies = new double[kept + (others ? 1 : 0)];
        for (int category = 0; category < kept; category++) {
            frequencies[category] = Math.log(counts[ranked.get(category)]);
        }
        return frequencies;
    }

    /** Places in the order of the mean response, or of the frequency where rows are too few for means. */
    private double[] places(int kept, boolean others, double[] response) {
        int known = kept + (others ? 1 : 0);
        double[] places = new double[known];
        if (training.size() < (long) ROWS_FOR_A_MEAN * known) {
            for (int category = 0; category < known; category++) {
                places[category] = category;
            }
            return places;
        }
        double[] means = means(kept, known, response);
        Integer[] order = new Integer[known];
        Arrays.setAll(order, category -> category);
        Arrays.sort(
                order,
                Comparator.comparingDouble((Integer category) -> means[category])
                        .thenComparing(Comparator.naturalOrder()));
        for (int place = 0; place < known; place++) {
            places[order[place]] = place;
        }
        return places;
    }

    private double[] means(int kept, int known, double[] response) {
        int[] categoryOf = new int[counts.length];
        Arrays.fill(categoryOf, kept);
        for (int category = 0; category < kept; category++) {
            categoryOf[ranked.get(category)] = category;
        }
        double[] sums = new double[known];
        double[] rows = new double[known];
        double total = 0;
        for (int row = 0; row < response.length; row++) {
            total += response[row];
            if (!training.isMissing(row)) {
                int category = categoryOf[training.code(row)];
                sums[category] += response[row];
                rows[category]++;
            }
        }
        double prior = response.length == 0 ? 0 : total / response.length;
        for (int category = 0; category < known; category++) {
            sums[category] = (sums[category] + PRIOR_ROWS * prior) / (rows[category] + PRIOR_ROWS);
        }
        return sums;
    }
}
