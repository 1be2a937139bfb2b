package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.expr.Aggregate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Quantiles of the finite values of a column, exact. Sorts them on the engine, and fetches only those that are needed. */
final class Ranks {
    private Ranks() {}

    /**
     * The values at {@code count} shares of the sorted values, equally far apart from the least to the greatest, on the
     * straight line between two values; fewer when there are fewer values, but at least two of each share.
     */
    static double[] quantiles(Dataflow dataflow, String column, int count, String what, Engine engine) {
        Dataflow values = Query.finite(dataflow, column);
        long size = (Long) Objects.requireNonNull(Query.rows(values.groupBy().aggregate(Aggregate.count()), engine)
                .get(0)
                .get(0));
        if (size == 0) {
            throw Query.nothing(what, column);
        }
        int shares = (int) Math.max(2, Math.min(count, size));
        Map<Long, Boolean> wanted = new HashMap<>();
        for (int i = 0; i < shares; i++) {
            long place = below(i, shares, size);
            wanted.put(place, true);
            wanted.put(Math.min(place + 1, size - 1), true);
        }
        Dataflow query = values.sort("x").withRowNumber("place");
        Map<Long, Double> found = new HashMap<>();
        for (List<@Nullable Object> row :
                Query.rows(query.filter(col("place").minus(1).lookUp(wanted).isNotNull()), engine)) {
            long place = (Long) Objects.requireNonNull(row.get(1)) - 1;
            found.put(place, (Double) Objects.requireNonNull(row.get(0)) + 0.0);
        }
        double[] quantiles = new double[shares];
        for (int i = 0; i < shares; i++) {
            long place = below(i, shares, size);
            double low = Objects.requireNonNull(found.get(place));
            double high = Objects.requireNonNull(found.get(Math.min(place + 1, size - 1)));
            double share = (double) Math.floorMod(i * (size - 1), (long) (shares - 1)) / (shares - 1);
            double value = low + (high - low) * share;
            quantiles[i] = Math.max(i == 0 ? low : quantiles[i - 1], Double.isFinite(value) ? value : low);
        }
        return quantiles;
    }

    private static long below(long index, long shares, long size) {
        return index * (size - 1) / (shares - 1);
    }
}
