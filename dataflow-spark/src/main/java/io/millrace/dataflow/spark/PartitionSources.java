package io.millrace.dataflow.spark;

import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.kernel.ErrorRows;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.kernel.RowProgramJson;
import io.millrace.dataflow.local.OperatorStream;
import io.millrace.dataflow.plan.OperatorJson;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.SchemaJson;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.jspecify.annotations.Nullable;

/** The sources that read rows and change them. */
final class PartitionSources {
    private PartitionSources() {}

    /** Rows as {@link RowFormat} wrote them. */
    record Written(String schemaJson, List<String> files) implements PartitionSource {
        Written(Schema schema, List<String> files) {
            this(SchemaJson.write(schema).toString(), files);
        }

        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            Schema schema = SchemaJson.read(JsonText.parse(schemaJson));
            return new RowStream(schema, files, elements, scope.allocator());
        }
    }

    /** The rows that a row program makes of those of another source. */
    record Programmed(PartitionSource input, String programJson, List<CarriedFunctions.Carried> carried)
            implements PartitionSource {
        Programmed(PartitionSource input, RowProgram program) {
            this(input, RowProgramJson.write(program).toString(), CarriedFunctions.of(program));
        }

        private RowProgram program() {
            List<UserFunction> held =
                    carried.stream().map(CarriedFunctions.Carried::unpack).toList();
            try {
                return RowProgramJson.read(JsonText.parse(programJson));
            } finally {
                Reference.reachabilityFence(held);
            }
        }

        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            RowProgram program = program();
            BatchStream rows = input.open(partition, elements, scope);
            return new Changed(program.schema(), rows) {
                @Override
                Batch change(Batch batch) {
                    return program.run(batch, scope.allocator());
                }
            };
        }
    }

    /** The first rows of another source. */
    record Limited(PartitionSource input, long rows) implements PartitionSource {
        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            BatchStream all = input.open(partition, elements, scope);
            return new Changed(all.schema(), all) {
                private long left = rows;

                @Override
                boolean isOver() {
                    return left == 0;
                }

                @Override
                Batch change(Batch batch) {
                    if (batch.rowCount() <= left) {
                        left -= batch.rowCount();
                        return batch;
                    }
                    try (batch) {
                        int[] first = IntStream.range(0, (int) left).toArray();
                        left = 0;
                        return Gather.rows(batch, first, scope.allocator());
                    }
                }
            };
        }
    }

    /** A row for each error in some columns of another source. */
    record Errors(PartitionSource input, List<Integer> columns) implements PartitionSource {
        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            BatchStream rows = input.open(partition, elements, scope);
            return new Changed(ErrorRows.SCHEMA, rows) {
                @Override
                Batch change(Batch batch) {
                    try (batch) {
                        return ErrorRows.of(batch, columns, scope.allocator());
                    }
                }
            };
        }
    }

    /** Rows whose file ordinals are counted on from those of the files before theirs. */
    record Shifted(PartitionSource input, int by, List<String> files) implements PartitionSource {
        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            BatchStream rows = input.open(partition, elements, scope);
            return new Changed(rows.schema(), rows) {
                @Override
                Batch change(Batch batch) {
                    Positions positions = batch.positions().map(this::shifted).orElse(null);
                    return Batch.of(batch.schema(), batch.columns(), batch.rowCount(), positions);
                }

                private Positions shifted(Positions positions) {
                    int[] ordinals = new int[positions.size()];
                    long[] records = new long[positions.size()];
                    for (int row = 0; row < ordinals.length; row++) {
                        ordinals[row] = by + positions.ordinal(row);
                        records[row] = positions.record(row);
                    }
                    return Positions.of(files, ordinals, records);
                }
            };
        }
    }

    /**
     * Rows with one more column, of int64: the partition and the number of the row in it, which tell the order of all
     * rows.
     */
    record Numbered(PartitionSource input, String column) implements PartitionSource {
        /** How many bits the number of a row takes. */
        static final int ROW_BITS = 40;

        /** The columns with the column of numbers. */
        static Schema schema(Schema schema, String column) {
            List<Schema.Field> fields = new ArrayList<>(schema.fields());
            fields.add(Schema.Field.required(column, DataTypes.INT64));
            return Schema.of(fields);
        }

        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            BatchStream rows = input.open(partition, elements, scope);
            Schema numbered = schema(rows.schema(), column);
            return new Changed(numbered, rows) {
                private long next = (long) partition << ROW_BITS;

                @Override
                Batch change(Batch batch) {
                    Cells numbers;
                    try {
                        numbers = numbers(next, batch.rowCount(), scope.allocator());
                    } catch (RuntimeException | Error failure) {
                        batch.close();
                        throw failure;
                    }
                    next += batch.rowCount();
                    List<Cells> columns = new ArrayList<>(batch.columns());
                    columns.add(numbers);
                    return Batch.of(
                            numbered,
                            columns,
                            batch.rowCount(),
                            batch.positions().orElse(null));
                }
            };
        }

        /** Numbers from {@code first} on. */
        static Cells numbers(long first, int rows, BufferAllocator allocator) {
            BigIntVector vector = new BigIntVector("", allocator);
            vector.allocateNew(rows);
            for (int row = 0; row < rows; row++) {
                vector.set(row, first + row);
            }
            vector.setValueCount(rows);
            return Cells.of(DataTypes.INT64, vector, CellErrors.none());
        }
    }

    /** What an operator of the local engine gives for the rows of another source. */
    record Operated(PartitionSource input, StageText stage) implements PartitionSource {
        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            return stage.run(List.of(input.open(partition, elements, scope)), scope);
        }
    }

    /** A stage of a plan as text. */
    record StageText(String operatorJson, String schemaJson, String text) implements java.io.Serializable {
        StageText(Plan.Stage stage) {
            this(
                    OperatorJson.write(stage.operator()).toString(),
                    SchemaJson.write(stage.schema()).toString(),
                    stage.text());
        }

        BatchStream run(List<BatchStream> inputs, TaskScope scope) {
            Plan.Stage stage = new Plan.Stage(
                    0,
                    List.of(),
                    OperatorJson.read(JsonText.parse(operatorJson)),
                    SchemaJson.read(JsonText.parse(schemaJson)),
                    text,
                    "");
            return OperatorStream.of(stage, inputs, scope.allocator(), scope.memory(), scope.cancellation());
        }
    }

    /** Batches made one by one of those of another stream. */
    abstract static class Changed implements BatchStream {
        private final Schema schema;
        private final BatchStream input;

        Changed(Schema schema, BatchStream input) {
            this.schema = schema;
            this.input = input;
        }

        /** Takes over a batch and gives another one, which may have no rows. */
        abstract Batch change(Batch batch);

        /** Whether no further batch is wanted. */
        boolean isOver() {
            return false;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public @Nullable Batch next() {
            while (!isOver()) {
                Batch batch = input.next();
                if (batch == null) {
                    return null;
                }
                Batch changed = change(batch);
                if (changed.rowCount() > 0) {
                    return changed;
                }
                changed.close();
            }
            return null;
        }

        @Override
        public void close() {
            input.close();
        }
    }
}
