package io.millrace.dataflow.profile;

import io.millrace.dataflow.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Decides what deserves a look. Every rule names the figures that led to it. */
final class AlertRules {
    private static final double HALF = 0.5;
    /** Fewer values say little about whether a column is an identifier. */
    private static final long FEWEST_IDS = 10;
    /** An estimate of distinct values that are all different may fall short of them by this share. */
    private static final double NEARLY_ALL = 0.97;
    /** From this number of different texts on, repeating ones are many. */
    private static final long MANY = 50;

    private static final double IMBALANCED = 0.9;
    private static final double SKEWED = 2;
    private static final double CORRELATED = 0.95;
    /** Fewer rows say little about whether numbers rise together. */
    private static final long FEWEST_PAIRS = 10;

    private AlertRules() {}

    /** The profile with its alerts. */
    static Profile apply(Profile profile) {
        List<ColumnProfile> columns = new ArrayList<>();
        for (ColumnProfile column : profile.columns()) {
            List<Alert> alerts = new ArrayList<>();
            absence(column, alerts);
            values(column, alerts);
            numbers(column, alerts);
            alerts.addAll(column.alerts());
            correlation(column.name(), profile.correlations(), alerts);
            columns.add(column.withAlerts(alerts));
        }
        return new Profile(
                profile.rowCount(),
                profile.rejected(),
                columns,
                profile.duplicateRows(),
                profile.correlations(),
                profile.correlationsLeftOut(),
                duplicates(profile));
    }

    private static List<Alert> duplicates(Profile profile) {
        Count duplicates = profile.duplicateRows();
        if (duplicates.value() == 0) {
            return List.of();
        }
        return List.of(new Alert(
                Alert.Kind.DUPLICATE_ROWS,
                ProfileText.count(duplicates) + " of " + ProfileText.count(profile.rowCount())
                        + " rows are equal to an earlier one"));
    }

    private static void absence(ColumnProfile column, List<Alert> alerts) {
        CellCounts counts = column.counts();
        if (counts.rows() > 0 && counts.nulls() == counts.rows()) {
            alerts.add(new Alert(
                    Alert.Kind.ALL_NULL,
                    counts.rows() == 1
                            ? "the only cell is null"
                            : "all " + ProfileText.count(counts.rows()) + " cells are null"));
        } else if (counts.nulls() > 0 && counts.nullRatio() >= HALF) {
            alerts.add(new Alert(Alert.Kind.MOSTLY_NULL, percent(counts.nullRatio()) + " of the cells are null"));
        }
        if (counts.errors() > 0) {
            alerts.add(new Alert(
                    Alert.Kind.ERRORS,
                    counts.errors() == 1
                            ? "1 cell is an error value"
                            : ProfileText.count(counts.errors()) + " cells are error values"));
        }
    }

    private static void values(ColumnProfile column, List<Alert> alerts) {
        long values = column.counts().values();
        long distinct = column.distinct().value();
        boolean isText = column.type() instanceof DataType.Text;
        boolean isWhole = column.type() instanceof DataType.Int64;
        if (distinct == 1 && values > 1) {
            alerts.add(new Alert(
                    Alert.Kind.CONSTANT,
                    "all " + ProfileText.count(values) + " values are "
                            + ProfileText.quoted(column.topValues().get(0).value())));
            return;
        }
        boolean isUnique = column.distinct().isExact() ? distinct == values : distinct >= NEARLY_ALL * values;
        String evidence = ProfileText.count(column.distinct()) + " different values among " + ProfileText.count(values);
        if ((isText || isWhole) && values >= FEWEST_IDS && isUnique) {
            alerts.add(new Alert(Alert.Kind.ID_LIKE, evidence));
        } else if (isText && distinct >= MANY && distinct >= HALF * values) {
            alerts.add(new Alert(Alert.Kind.HIGH_CARDINALITY, evidence));
        }
        boolean isCategory = isText || isWhole || column.type() instanceof DataType.Bool;
        if (isCategory && distinct > 1 && !column.valueCounts().isEmpty()) {
            ValueCount top = column.valueCounts().get(0);
            double share = (double) top.count().value() / values;
            if (share >= IMBALANCED) {
                alerts.add(new Alert(
                        Alert.Kind.IMBALANCE,
                        percent(share) + " of the values are " + ProfileText.quoted(top.value())));
            }
        }
    }

    private static void numbers(ColumnProfile column, List<Alert> alerts) {
        if (column.moments().isEmpty()) {
            return;
        }
        Moments moments = column.moments().get();
        if (Math.abs(moments.skewness()) > SKEWED) {
            alerts.add(new Alert(Alert.Kind.SKEWED, "the skewness is " + ProfileText.number(moments.skewness())));
        }
        double share = moments.count() == 0 ? 0 : (double) moments.zeros() / moments.count();
        if (share >= HALF && column.distinct().value() > 1) {
            alerts.add(new Alert(Alert.Kind.MANY_ZEROS, percent(share) + " of the numbers are 0"));
        }
    }

    private static void correlation(String column, List<Correlation> correlations, List<Alert> alerts) {
        for (Correlation each : correlations) {
            if (each.rows() >= FEWEST_PAIRS
                    && Math.abs(each.coefficient()) > CORRELATED
                    && (each.left().equals(column) || each.right().equals(column))) {
                String other = each.left().equals(column) ? each.right() : each.left();
                alerts.add(new Alert(
                        Alert.Kind.CORRELATED,
                        "the correlation with '" + other + "' is " + ProfileText.number(each.coefficient())));
            }
        }
    }

    /** A share as a percentage that is never rounded to all or nothing. */
    private static String percent(double share) {
        double percent = 100 * share;
        if (share < 1 && percent > 99.9) {
            return "more than 99.9 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
