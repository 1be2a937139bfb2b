package io.millrace.dataflow.local;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Both inputs of a join on disk, numbered and divided by key, so that one part can be joined after the other. */
final class JoinParts implements AutoCloseable {
    private final Operator.Join join;
    private final Run run;
    private final Schema left;
    private final Schema right;
    private final RowDivision lefts;
    private final RowDivision rights;
    private final Deque<Part> parts = new ArrayDeque<>();
    private long leftRows;
    private long rightRows;

    /**
     * The rows of both inputs with the same keys.
     *
     * @param level how often they were divided
     * @param isWhole whether dividing them further is of no use
     */
    record Part(@Nullable SpillFile left, @Nullable SpillFile right, int level, boolean isWhole) {
        void close() {
            if (left != null) {
                left.close();
            }
            if (right != null) {
                right.close();
            }
        }
    }

    JoinParts(Operator.Join join, List<Schema> inputs, Run run) {
        this.join = join;
        this.run = run;
        this.left = Numbers.schema(inputs.get(0));
        this.right = Numbers.schema(inputs.get(1));
        this.lefts = new RowDivision(left, join.leftKeys(), 0, run);
        this.rights = new RowDivision(right, join.rightKeys(), 0, run);
    }

    /** The columns of the left input and its numbers. */
    Schema left() {
        return left;
    }

    /** The columns of the right input and its numbers. */
    Schema right() {
        return right;
    }

    /** Takes over rows of the left input. */
    void addLeft(Batch batch) {
        addNumbered(number(batch));
    }

    /** A batch of the left input, which is taken over, with its numbers. */
    Batch number(Batch batch) {
        long start = leftRows;
        leftRows += batch.rowCount();
        return Numbers.number(batch, left, row -> start + row, run.allocator());
    }

    /** Takes over rows of the left input that have their numbers. */
    void addNumbered(Batch batch) {
        lefts.add(batch);
    }

    /** Takes over rows of the right input. */
    void addRight(Batch batch) {
        long start = rightRows;
        rightRows += batch.rowCount();
        rights.add(Numbers.number(batch, right, row -> start + row, run.allocator()));
    }

    /** Says that all rows were added. */
    void end() {
        push(lefts.end(), rights.end(), 0, null);
    }

    private void push(
            List<@Nullable SpillFile> leftFiles,
            List<@Nullable SpillFile> rightFiles,
            int level,
            @Nullable SpillFile divided) {
        for (int i = leftFiles.size() - 1; i >= 0; i--) {
            SpillFile file = rightFiles.get(i);
            boolean isWhole = level + 1 >= RowDivision.LEVELS
                    || join.rightKeys().isEmpty()
                    || (file != null && divided != null && RowDivision.isWhole(file, divided));
            parts.push(new Part(leftFiles.get(i), file, level + 1, isWhole));
        }
    }

    /** The next part, whose files the caller closes; null after the last. */
    @Nullable
    Part next() {
        return parts.poll();
    }

    /** Divides a part, so that the next ones are parts of it. */
    void divide(Part part) {
        SpillFile right = part.right();
        List<@Nullable SpillFile> rightFiles = RowDivision.divide(right, join.rightKeys(), part.level(), run);
        List<@Nullable SpillFile> leftFiles = RowDivision.divide(part.left(), join.leftKeys(), part.level(), run);
        push(leftFiles, rightFiles, part.level(), right);
    }

    @Override
    public void close() {
        lefts.close();
        rights.close();
        parts.forEach(Part::close);
        parts.clear();
    }
}
