package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no two rows of one input of a join have one key. When memory is short, no further key is held: rows
 * with others are set aside, and looked at when the input has ended.
 */
final class UniqueKeys implements AutoCloseable {
    private final String side;
    private final List<Integer> columns;
    private final String text;
    private final Run run;
    private final MemoryReservation memory;
    private Keys keys = new Keys(List.of());
    private List<String> names = List.of();
    private boolean empty = true;
    private @Nullable SpillFile aside;

    /** What is known of keys of some types. */
    private final class Keys {
        private final List<Integer> places;
        private final KeyBatch read;
        private final KeyIndex index;

        Keys(List<DataType> types) {
            places = IntStream.range(0, types.size()).boxed().toList();
            read = new KeyBatch(types);
            index = new KeyIndex(types, memory);
        }
    }

    /**
     * A check of one input.
     *
     * @param side the input as messages name it
     * @param text the step as {@code explain} shows it
     */
    UniqueKeys(String side, List<Integer> columns, String text, Run run) {
        this.side = side;
        this.columns = columns;
        this.text = text;
        this.run = run;
        this.memory = run.memory().child("join");
    }

    /**
     * Returns when no key of the batch is known to be one of a row before.
     *
     * @throws DataflowException {@code DUPLICATE_KEY}, naming the first key that comes again
     */
    void check(Batch batch) {
        // One column may be compared with several: they get names of their own.
        Schema schema = Schema.of(IntStream.range(0, columns.size())
                .mapToObj(i -> batch.schema().field(columns.get(i)).named(Integer.toString(i)))
                .toList());
        names = columns.stream()
                .map(column -> batch.schema().field(column).name())
                .toList();
        List<Cells> cells =
                columns.stream().map(column -> batch.cells(column).retain()).toList();
        try (Batch narrow = Batch.of(schema, cells, batch.rowCount(), null)) {
            checkKeys(narrow);
        }
    }

    /** Looks at the rows that were set aside. */
    void end() {
        while (aside != null) {
            try (SpillFile file = aside) {
                aside = null;
                empty = true;
                SpillFile.Reader reader = file.reader();
                while (reader.hasNext()) {
                    try (Batch batch = Objects.requireNonNull(reader.next())) {
                        checkKeys(batch);
                    }
                }
            }
        }
        memory.release(memory.reserved());
    }

    private void checkKeys(Batch batch) {
        if (empty) {
            memory.release(memory.reserved());
            keys = new Keys(batch.columns().stream().map(Cells::type).toList());
        }
        KeyBatch read = keys.read;
        read.read(batch, keys.places);
        if (aside == null && (empty || !run.isShort(Rounds.KEY_BYTES * batch.rowCount()))) {
            keys.index.add(List.of(read), run.crew());
            int[] fresh = read.fresh();
            int next = 0;
            for (int row = 0; row < batch.rowCount(); row++) {
                if (next < fresh.length && fresh[next] == row) {
                    next++;
                } else if (read.isComplete(row)) {
                    throw repeated(batch, row);
                }
            }
        } else {
            keys.index.find(read);
            for (int row : read.known()) {
                if (read.isComplete(row)) {
                    throw repeated(batch, row);
                }
            }
            if (aside == null) {
                aside = run.spill().create(batch.schema(), run);
            }
            aside.write(Gather.rows(batch, read.unknown(), run.allocator()));
        }
        empty = false;
    }

    private DataflowException repeated(Batch batch, int row) {
        String values = IntStream.range(0, columns.size())
                .mapToObj(column -> "'" + names.get(column) + "' = "
                        + CellText.format(
                                batch.schema().field(column).type(),
                                batch.cells(column).values(),
                                row))
                .collect(Collectors.joining(", "));
        return DataflowException.of(
                ErrorCode.DUPLICATE_KEY,
                "Cannot pair rows in " + text + ": the " + side + " input has more than one row with " + values,
                "Keep one row of each key first, for example with distinct(...), or do not expect keys to be unique");
    }

    @Override
    public void close() {
        memory.close();
    }
}
