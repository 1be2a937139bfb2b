package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a plan at work. Pulls batches through them with a loop, so that no number of operators overflows the
 * stack. The batches of an operator with several readers wait in a queue for each of them.
 */
final class Pipeline implements BatchStream {
    private final Schema schema;
    private final Run run;
    private final List<Stage> stages = new ArrayList<>();
    private final ReentrantLock working = new ReentrantLock();
    /** Those that nobody reads any more, and that see all rows nevertheless. */
    private final Deque<Stage> unread = new ArrayDeque<>();

    private @Nullable Edge result;
    private boolean begun;
    private volatile boolean closed;

    Pipeline(Schema schema, Run run) {
        this.schema = schema;
        this.run = run;
    }

    /** Adds an operator that reads the operators added as {@code inputs}; gives its own number. */
    int add(BatchOperator operator, List<Integer> inputs) {
        Stage stage = new Stage(operator);
        for (int input : inputs) {
            Edge edge = new Edge(stages.get(input), run);
            edge.producer.readers.add(edge);
            stage.inputs.add(edge);
        }
        stages.add(stage);
        return stages.size() - 1;
    }

    /** Says which stages of a plan the operator of a number does, in their order. */
    void does(int number, List<Integer> planned) {
        stages.get(number).planned = List.copyOf(planned);
    }

    /** How many rows each of so many stages of the plan gave so far. Called by the thread that pulls. */
    long[] rows(int planned) {
        long[] rows = new long[planned];
        for (Stage stage : stages) {
            long[] within = stage.operator.rowsWithin();
            for (int i = 0; i < stage.planned.size(); i++) {
                rows[stage.planned.get(i)] = within.length == 0 ? stage.given : within[i];
            }
        }
        return rows;
    }

    /** Says which operator gives the result. Called once, before the first pull. */
    void resultOf(int number) {
        Edge edge = new Edge(stages.get(number), run);
        edge.producer.readers.add(edge);
        result = edge;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch next() {
        Edge edge = Objects.requireNonNull(result, "result");
        working.lock();
        try {
            if (closed) {
                return null;
            }
            pullWhatComesFirst();
            pull(edge);
            if (edge.queue.isEmpty()) {
                workOffUnread();
            }
            if (closed) {
                release();
                return null;
            }
            return edge.queue.poll();
        } catch (RuntimeException | Error failure) {
            release();
            DataflowException outOfMemory = Run.outOfMemory(failure);
            if (outOfMemory != null) {
                throw outOfMemory;
            }
            throw failure;
        } finally {
            working.unlock();
        }
    }

    /** Before the first batch of the result: asks for one of each operator that comes first. It waits for its readers. */
    private void pullWhatComesFirst() {
        if (begun) {
            return;
        }
        begun = true;
        for (Stage stage : stages) {
            if (stage.operator.comesFirst() && !stage.readers.isEmpty()) {
                pull(stage.readers.get(0));
            }
        }
    }

    /** After the last batch of the result: goes through the rows that nobody wanted, for what may be wrong in them. */
    private void workOffUnread() {
        while (!closed && !unread.isEmpty()) {
            Stage stage = unread.remove();
            work(stage, new BatchQueue(run));
        }
    }

    /** Works until a batch waits in {@code wanted}, or none will come. */
    private void pull(Edge wanted) {
        work(wanted.producer, wanted.queue);
    }

    /** Works until a batch of a stage waits in a queue of it, or none will come. */
    private void work(Stage producer, BatchQueue queue) {
        Deque<Stage> open = new ArrayDeque<>();
        open.push(producer);
        while (!closed && queue.isEmpty() && !producer.done) {
            run.check();
            Stage stage = open.getFirst();
            int wants = stage.operator.wants();
            if (wants >= 0) {
                Edge input = stage.inputs.get(wants);
                Batch waiting = input.queue.poll();
                if (waiting != null) {
                    stage.operator.accept(wants, waiting);
                } else if (input.producer.done) {
                    stage.operator.end(wants);
                } else {
                    open.push(input.producer);
                }
            } else if (wants == BatchOperator.READY) {
                if (stage.give(stage.operator.next())) {
                    open.pop();
                }
            } else {
                finish(stage);
                open.pop();
            }
        }
    }

    /** Closes an operator, and those that only it was reading and that need not see the rest of their rows. */
    private void finish(Stage last) {
        Deque<Stage> finished = new ArrayDeque<>();
        finished.push(last);
        while (!finished.isEmpty()) {
            Stage stage = finished.pop();
            stage.done = true;
            stage.operator.close();
            for (Edge input : stage.inputs) {
                input.abandon();
                if (!input.producer.done && !input.producer.isRead()) {
                    (input.producer.operator.seesAllRows() ? unread : finished).push(input.producer);
                }
            }
        }
    }

    /** Stops the operators; waits for a pull under way on another thread to end. */
    @Override
    public void close() {
        closed = true;
        stages.forEach(stage -> stage.operator.interrupt());
        working.lock();
        try {
            release();
        } finally {
            working.unlock();
        }
    }

    private void release() {
        closed = true;
        for (Stage stage : stages) {
            stage.done = true;
            stage.operator.close();
            stage.readers.forEach(Edge::abandon);
        }
        run.close();
    }

    /** An operator, who reads it and what it reads. */
    private static final class Stage {
        private final BatchOperator operator;
        private final List<Edge> inputs = new ArrayList<>();
        private final List<Edge> readers = new ArrayList<>();
        private List<Integer> planned = List.of();
        private boolean done;
        private long given;

        Stage(BatchOperator operator) {
            this.operator = operator;
        }

        private boolean isRead() {
            return readers.stream().anyMatch(reader -> !reader.abandoned);
        }

        /** Queues a batch for every reader; false for one that is dropped, because it has no rows or there is no reader. */
        private boolean give(Batch batch) {
            given += batch.rowCount();
            if (batch.rowCount() == 0 || !isRead()) {
                batch.close();
                return false;
            }
            List<Edge> reading =
                    readers.stream().filter(reader -> !reader.abandoned).toList();
            for (int i = 1; i < reading.size(); i++) {
                List<Cells> shared = batch.columns().stream().map(Cells::retain).toList();
                reading.get(i)
                        .queue
                        .add(Batch.of(
                                batch.schema(),
                                shared,
                                batch.rowCount(),
                                batch.positions().orElse(null)));
            }
            reading.get(0).queue.add(batch);
            return true;
        }
    }

    /** The way of batches from one operator to one reader. */
    private static final class Edge {
        private final Stage producer;
        private final BatchQueue queue;
        private boolean abandoned;

        Edge(Stage producer, Run run) {
            this.producer = producer;
            this.queue = new BatchQueue(run);
        }

        private void abandon() {
            abandoned = true;
            queue.close();
        }
    }
}
