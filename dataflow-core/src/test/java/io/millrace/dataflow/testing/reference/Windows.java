package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.WindowMeasure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Windows: for each row something of the rows of its partition. */
final class Windows {
    private final Operator.Window window;
    private final String step;
    /** The rows of one partition, in its order. */
    private final List<Row> rows;

    private Windows(Operator.Window window, String step, List<Row> rows) {
        this.window = window;
        this.step = step;
        this.rows = rows;
    }

    static List<Row> window(Operator.Window window, List<Row> input, String step) {
        Map<List<Object>, List<Integer>> partitions = new LinkedHashMap<>();
        for (int i = 0; i < input.size(); i++) {
            List<Object> key = Order.key(input.get(i).cells(window.partition()));
            partitions.computeIfAbsent(key, unseen -> new ArrayList<>()).add(i);
        }
        List<Row> result = new ArrayList<>(input);
        for (List<Integer> places : partitions.values()) {
            places.sort(
                    (left, right) -> Tablewise.comparator(window.order()).compare(input.get(left), input.get(right)));
            Windows partition =
                    new Windows(window, step, places.stream().map(input::get).toList());
            for (int rank = 0; rank < places.size(); rank++) {
                Row row = partition.rows.get(rank);
                List<@Nullable Object> cells = new ArrayList<>(row.cells(window.columns()));
                for (WindowMeasure measure : window.measures()) {
                    cells.add(partition.value(measure, rank));
                }
                result.set(places.get(rank), new Row(cells, row.record()));
            }
        }
        return result;
    }

    private @Nullable Object value(WindowMeasure measure, int rank) {
        if (measure instanceof WindowMeasure.Placed placed) {
            return placed(placed, rank);
        }
        WindowMeasure.Aggregated aggregated = (WindowMeasure.Aggregated) measure;
        boolean inTurn =
                aggregated.frame().equals(Frame.all()) && window.order().isEmpty();
        List<Row> frame = new Frames(window, aggregated.frame(), rows).of(rank);
        return new Measures(aggregated.aggregate(), step, inTurn).of(frame);
    }

    private @Nullable Object placed(WindowMeasure.Placed measure, int rank) {
        int size = rows.size();
        long number = measure.number();
        return switch (measure.kind()) {
            case ROW_NUMBER -> rank + 1L;
            case RANK -> firstPeer(rank) + 1L;
            case DENSE_RANK -> differentUpTo(rank);
            case PERCENT_RANK -> size == 1 ? 0.0 : firstPeer(rank) / (size - 1.0);
            case CUMULATIVE_SHARE -> afterLastPeer(rank) / (double) size;
            case NTILE -> bucket(rank, number);
            case LAG -> taken(measure, rows, rank - number);
            case LEAD -> taken(measure, rows, rank + number);
            case NTH_VALUE -> nth(measure, rank);
        };
    }

    private @Nullable Object nth(WindowMeasure.Placed measure, int rank) {
        List<Row> frame = new Frames(window, measure.frame(), rows).of(rank);
        long number = measure.number();
        return taken(measure, frame, number > 0 ? number - 1 : frame.size() + number);
    }

    private static @Nullable Object taken(WindowMeasure.Placed measure, List<Row> rows, long index) {
        return index >= 0 && index < rows.size()
                ? rows.get((int) index).cell(measure.input())
                : Evaluation.typed(measure.otherwise(), measure.type());
    }

    private boolean arePeers(int left, int right) {
        return Tablewise.comparator(window.order()).compare(rows.get(left), rows.get(right)) == 0;
    }

    private int firstPeer(int rank) {
        int first = rank;
        while (first > 0 && arePeers(first - 1, rank)) {
            first--;
        }
        return first;
    }

    private int afterLastPeer(int rank) {
        int after = rank + 1;
        while (after < rows.size() && arePeers(after, rank)) {
            after++;
        }
        return after;
    }

    private long differentUpTo(int rank) {
        long different = 1;
        for (int i = 1; i <= rank; i++) {
            different += arePeers(i - 1, i) ? 0 : 1;
        }
        return different;
    }

    /** Deals the rows out, one to each bucket in turn, and then fills the buckets from the first row on. */
    private long bucket(int rank, long buckets) {
        long[] sizes = new long[(int) Math.min(buckets, rows.size())];
        for (int i = 0; i < rows.size(); i++) {
            sizes[i % sizes.length]++;
        }
        int bucket = 0;
        for (long before = sizes[0]; before <= rank; before += sizes[bucket]) {
            bucket++;
        }
        return bucket + 1L;
    }
}
