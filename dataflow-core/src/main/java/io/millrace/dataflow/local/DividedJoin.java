package io.millrace.dataflow.local;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A join whose right rows do not fit in memory. Divides both inputs by key, joins part by part, and merges what the parts
 * give by the numbers of the rows, so that it comes in the order that a join in memory has. A part that does not fit is
 * divided again; where that is of no use, because few keys have most rows, its right rows come in pieces, and the left
 * ones are read again for each.
 */
final class DividedJoin implements AutoCloseable {
    private final Operator.Join join;
    private final List<DataType> types;
    private final Run run;
    private final JoinParts parts;
    /** What is made of pairs, with the number of the left row. */
    private final Operator.Join ofPairs;
    /** What is made of right rows without a partner, with their number. */
    private final Operator.Join ofUnpaired;

    private final Schema numbered;
    private final SortedFiles pairs;
    private final SortedFiles unpaired;
    private final KeyBatch keys;

    DividedJoin(Operator.Join join, Schema schema, List<Schema> inputs, Run run) {
        this.join = join;
        this.types = join.rightKeys().stream()
                .map(key -> inputs.get(1).field(key).type())
                .toList();
        this.run = run;
        this.parts = new JoinParts(join, inputs, run);
        this.ofPairs = with(Operator.Join.Side.LEFT, inputs.get(0).size());
        this.ofUnpaired = with(Operator.Join.Side.RIGHT, inputs.get(1).size());
        this.numbered = Numbers.schema(schema);
        this.pairs = SortedFiles.byNumber(schema, run);
        this.unpaired = SortedFiles.byNumber(schema, run);
        this.keys = new KeyBatch(types);
    }

    private Operator.Join with(Operator.Join.Side side, int number) {
        List<Operator.Join.Column> columns = new ArrayList<>(join.columns());
        columns.add(new Operator.Join.Column(side, number));
        return new Operator.Join(join.kind(), join.leftKeys(), join.rightKeys(), columns, join.expected());
    }

    /** Takes over rows of the left input. */
    void addLeft(Batch batch) {
        parts.addLeft(batch);
    }

    /** Takes over rows of the right input. */
    void addRight(Batch batch) {
        parts.addRight(batch);
    }

    /** Joins all parts. */
    void join() {
        parts.end();
        for (JoinParts.Part part = parts.next(); part != null; part = parts.next()) {
            join(part);
        }
    }

    private void join(JoinParts.Part part) {
        if (joined(part)) {
            part.close();
        } else {
            parts.divide(part);
        }
    }

    /** Whether the part was joined; otherwise it should be divided first. */
    private boolean joined(JoinParts.Part part) {
        SpillFile left = part.left();
        SpillFile right = part.right();
        if ((left == null && !join.kind().keepsRight())
                || (right == null && !join.kind().keepsLeft())) {
            return true;
        }
        SpillFile.@Nullable Reader rights = right == null ? null : right.reader();
        LeftPartners earlier = null;
        boolean more = true;
        while (more) {
            try (JoinTable table = new JoinTable(ofPairs, numbered, types, run)) {
                more = rights != null && fill(table, rights);
                if (more && !part.isWhole()) {
                    return false;
                }
                if (more && earlier == null) {
                    earlier = new LeftPartners();
                }
                table.link();
                probe(table, left, earlier, !more);
                giveUnpaired(table);
            }
        }
        return true;
    }

    /** Reads rows while there is room for them; whether there are more. */
    private static boolean fill(JoinTable table, SpillFile.Reader rights) {
        for (Batch batch = rights.next(); batch != null; batch = rights.next()) {
            table.add(batch);
            if (table.isFull() && rights.hasNext()) {
                return true;
            }
        }
        return false;
    }

    private void probe(JoinTable table, @Nullable SpillFile left, @Nullable LeftPartners earlier, boolean isLast) {
        if (left == null) {
            return;
        }
        if (earlier != null) {
            earlier.restart(isLast);
        }
        pairs.begin();
        SpillFile.Reader reader = left.reader();
        while (reader.hasNext()) {
            try (Batch batch = Objects.requireNonNull(reader.next())) {
                JoinPairs made = table.pairs(batch, keys, earlier);
                while (!made.isDone()) {
                    pairs.write(made.next());
                }
                if (earlier != null) {
                    earlier.advance(batch.rowCount());
                }
            }
        }
    }

    private void giveUnpaired(JoinTable table) {
        unpaired.begin();
        JoinColumns columns = new JoinColumns(ofUnpaired, numbered, table.rows().rows(), run);
        while (table.hasUnpaired()) {
            unpaired.write(table.unpaired(columns));
        }
    }

    /** The next rows of the result, or null after the last. Called when all parts are joined. */
    @Nullable
    Batch next() {
        Batch next = pairs.next();
        return next != null ? next : unpaired.next();
    }

    @Override
    public void close() {
        parts.close();
        pairs.close();
        unpaired.close();
    }
}
