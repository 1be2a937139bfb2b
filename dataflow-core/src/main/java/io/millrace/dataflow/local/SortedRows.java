package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ranked rows on disk, of which a few batches are in memory: those that were looked at last. What a window looks at moves
 * on with it, at its row, at the ends of the frame and at a distance.
 */
final class SortedRows implements RankedRows, AutoCloseable {
    /** The batches in memory. */
    static final int PAGES = 8;

    private static final int PATIENCE = 0x3FFF;

    private final SpillFile file;
    private final RowOrder order;
    private final Run run;
    /** By batch: the rank of its first row; behind the last one the number of rows. */
    private int[] starts = new int[16];

    private int batches;
    /** The batches in memory by number, the one that was looked at last behind the others. */
    private final Map<Integer, Page> pages = new LinkedHashMap<>();

    private final List<List<Integer>> wanted = new ArrayList<>();
    private @Nullable Page last;

    /** A batch in memory, and the columns of it that were asked for. */
    private record Page(int number, int start, int end, Batch batch, List<List<Cells>> columns) {}

    /** Without rows yet; {@code keys} order the rows of a partition. */
    SortedRows(Schema schema, List<Operator.Sort.Key> keys, Run run) {
        this.file = run.spill().create(schema, run);
        this.order = new RowOrder(keys, schema);
        this.run = run;
    }

    /** Takes over the rows that come next, to be read by so many at a time. */
    void add(Batch batch, int most) {
        if (batch.rowCount() <= most) {
            add(batch);
            return;
        }
        try (batch) {
            for (int start = 0; start < batch.rowCount(); start += most) {
                int end = Math.min(batch.rowCount(), start + most);
                add(Gather.rows(batch, IntStream.range(start, end).toArray(), run.allocator()));
            }
        }
    }

    private void add(Batch batch) {
        if (batches + 2 > starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[batches + 1] = starts[batches] + batch.rowCount();
        batches++;
        file.write(batch);
    }

    int batches() {
        return batches;
    }

    /** The rank of the first row of a batch, or of the row that would come behind the last one. */
    int start(int batch) {
        return starts[batch];
    }

    /** A batch, still held by this. */
    Batch batch(int number) {
        return page(starts[number]).batch;
    }

    private Page page(int rank) {
        Page known = last;
        if (known != null && rank >= known.start && rank < known.end) {
            return known;
        }
        int place = Arrays.binarySearch(starts, 0, batches, rank);
        int number = place >= 0 ? place : -place - 2;
        Page found = pages.remove(number);
        if (found == null) {
            if (pages.size() == PAGES) {
                Iterator<Page> oldest = pages.values().iterator();
                oldest.next().batch.close();
                oldest.remove();
            }
            Batch batch = file.read(number);
            List<List<Cells>> columns = new ArrayList<>();
            for (List<Integer> each : wanted) {
                columns.add(each.stream().map(batch::cells).toList());
            }
            found = new Page(number, starts[number], starts[number + 1], batch, columns);
        }
        pages.put(number, found);
        last = found;
        return found;
    }

    @Override
    public RankedColumns columns(List<Integer> columns) {
        int index = wanted.size();
        wanted.add(columns);
        for (Page page : pages.values()) {
            page.columns.add(columns.stream().map(page.batch::cells).toList());
        }
        return rank -> page(rank).columns.get(index);
    }

    @Override
    public int place(int rank) {
        return rank - page(rank).start;
    }

    @Override
    public boolean isPeerOfPrevious(int rank) {
        // The later one stays where it was looked at last.
        Page previous = page(rank - 1);
        Page page = page(rank);
        return order.compare(previous.batch, rank - 1 - previous.start, page.batch, rank - page.start) == 0;
    }

    @Override
    public void check(int counter) {
        if ((counter & PATIENCE) == 0) {
            run.cancellation().check();
        }
    }

    @Override
    public void close() {
        pages.values().forEach(page -> page.batch.close());
        pages.clear();
        last = null;
        file.close();
    }
}
