package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Batches set aside on disk, with their positions and error values: Arrow's own message of each, and before it what
 * Arrow has no place for. Written by one thread, then read, by any number of readers.
 */
final class SpillFile implements AutoCloseable {
    /** Pieces up to this many bytes are written and read together. */
    private static final int SMALL = 1 << 16;

    private final Schema schema;
    private final FileChannel channel;
    private final SpillSpace space;
    private final Run run;
    private final Output output;
    /** By batch: where it begins. */
    private final List<Long> starts = new ArrayList<>();

    /** By batch: the files that its positions name; empty where it has none. */
    private final List<List<String>> files = new ArrayList<>();

    private long rows;

    SpillFile(Schema schema, FileChannel channel, SpillSpace space, Run run) {
        this.schema = schema;
        this.channel = channel;
        this.space = space;
        this.run = run;
        this.output = new Output(channel, run);
    }

    Schema schema() {
        return schema;
    }

    long rows() {
        return rows;
    }

    /** Writes a batch, and closes it. */
    void write(Batch batch) {
        run.cancellation().check();
        try (batch) {
            long start = channel.size();
            channel.position(start);
            byte[] extra = extra(batch);
            WriteChannel out = new WriteChannel(output);
            out.writeIntLittleEndian(extra.length);
            out.write(extra);
            List<FieldVector> vectors =
                    batch.columns().stream().map(Cells::values).toList();
            // The root only names the vectors for the writer: closing it would free them.
            VectorSchemaRoot root = new VectorSchemaRoot(vectors);
            try (ArrowRecordBatch message = new VectorUnloader(root).getRecordBatch()) {
                // A message's length is a multiple of eight from where its channel began.
                out.align();
                MessageSerializer.serialize(out, message);
            }
            output.flush();
            starts.add(start);
            files.add(batch.positions().map(Positions::files).orElse(List.of()));
            rows += batch.rowCount();
        } catch (IOException failure) {
            throw space.failed(failure);
        }
    }

    private static byte[] extra(Batch batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(batch.rowCount());
        Positions positions = batch.positions().orElse(null);
        out.writeBoolean(positions != null);
        for (int row = 0; positions != null && row < batch.rowCount(); row++) {
            out.writeInt(positions.ordinal(row));
            out.writeLong(positions.record(row));
        }
        for (Cells cells : batch.columns()) {
            CellErrors errors = cells.errors();
            out.writeInt(errors.size());
            for (int i = 0; i < errors.size(); i++) {
                CellError error = errors.error(i);
                out.writeInt(errors.row(i));
                out.writeUTF(error.code().name());
                text(out, error.text());
                text(out, error.file());
                out.writeLong(error.record());
                text(out, error.step());
            }
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    /** The batch of a number. */
    Batch read(int number) {
        run.cancellation().check();
        Input input = new Input(channel, run);
        input.from(starts.get(number));
        try {
            return read(number, input);
        } catch (IOException failure) {
            throw space.failed(failure);
        }
    }

    /** The batches from the first on. */
    Reader reader() {
        return new Reader();
    }

    /** Removes the file. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException closed) {
            throw space.failed(closed);
        }
    }

    /** Goes over the batches in the order in which they were written. */
    final class Reader {
        private final Input input = new Input(channel, run);
        private int next;

        /** Whether there is a next batch. */
        boolean hasNext() {
            return next < starts.size();
        }

        /** The next batch, or null after the last. */
        @Nullable
        Batch next() {
            if (next == starts.size()) {
                return null;
            }
            run.cancellation().check();
            try {
                input.from(starts.get(next));
                return read(next++, input);
            } catch (IOException failure) {
                throw space.failed(failure);
            }
        }
    }

    private Batch read(int number, Input input) throws IOException {
        ReadChannel in = new ReadChannel(input);
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        in.readFully(length);
        ByteBuffer extra = ByteBuffer.allocate(length.getInt(0));
        in.readFully(extra);
        int padding = (int) (-(Integer.BYTES + (long) extra.capacity()) & 7);
        in.readFully(ByteBuffer.allocate(padding));
        List<FieldVector> vectors = new ArrayList<>();
        for (Schema.Field field : schema.fields()) {
            vectors.add(ArrowTypes.vector("", field.type(), run.allocator()));
        }
        try {
            VectorSchemaRoot root = new VectorSchemaRoot(vectors);
            try (ArrowRecordBatch message = MessageSerializer.deserializeRecordBatch(in, run.allocator())) {
                new VectorLoader(root).load(message);
            }
            return batch(vectors, new DataInputStream(new ByteArrayInputStream(extra.array())), files.get(number));
        } catch (RuntimeException | Error | IOException failure) {
            vectors.forEach(FieldVector::close);
            throw failure;
        }
    }

    private Batch batch(List<FieldVector> vectors, DataInputStream extra, List<String> names) throws IOException {
        int size = extra.readInt();
        Positions positions = null;
        if (extra.readBoolean()) {
            int[] ordinals = new int[size];
            long[] records = new long[size];
            for (int row = 0; row < size; row++) {
                ordinals[row] = extra.readInt();
                records[row] = extra.readLong();
            }
            positions = Positions.of(names, ordinals, records);
        }
        List<Cells> columns = new ArrayList<>();
        for (int column = 0; column < vectors.size(); column++) {
            CellErrors.Builder errors = CellErrors.builder();
            int count = extra.readInt();
            for (int i = 0; i < count; i++) {
                int row = extra.readInt();
                CellError.Code code = new CellError.Code(extra.readUTF());
                String text = text(extra);
                String file = text(extra);
                long record = extra.readLong();
                errors.add(row, new CellError(code, text, file, record, text(extra)));
            }
            DataType type = schema.field(column).type();
            columns.add(Cells.of(type, vectors.get(column), errors.build()));
        }
        return Batch.of(schema, columns, size, positions);
    }

    /**
     * A channel that gathers small pieces, of which an Arrow message has many, and looks whether the run was cancelled
     * before each mebibyte.
     */
    private static final class Output implements WritableByteChannel {
        private static final int PIECE = 1 << 20;

        private final ByteBuffer gathered = ByteBuffer.allocate(SMALL);
        private final FileChannel channel;
        private final Run run;

        Output(FileChannel channel, Run run) {
            this.channel = channel;
            this.run = run;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int total = source.remaining();
            if (total > gathered.remaining()) {
                flush();
            }
            if (total <= gathered.remaining()) {
                gathered.put(source);
                return total;
            }
            while (source.hasRemaining()) {
                run.cancellation().check();
                int end = source.limit();
                source.limit(Math.min(end, source.position() + PIECE));
                channel.write(source);
                source.limit(end);
            }
            return total;
        }

        void flush() throws IOException {
            gathered.flip();
            try {
                while (gathered.hasRemaining()) {
                    channel.write(gathered);
                }
            } finally {
                gathered.clear();
            }
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {}
    }

    /** A channel that reads ahead, for messages have many small pieces. */
    private static final class Input implements ReadableByteChannel {
        private final ByteBuffer ahead = ByteBuffer.allocate(SMALL).limit(0);
        private final FileChannel channel;
        private final Run run;
        /** Where what comes after {@link #ahead} begins. */
        private long position;

        Input(FileChannel channel, Run run) {
            this.channel = channel;
            this.run = run;
        }

        /** Goes on at a place, which is the next one unless the last batch was not read to its end. */
        void from(long start) {
            if (start != position - ahead.remaining()) {
                ahead.limit(0);
                position = start;
            }
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (!ahead.hasRemaining()) {
                run.cancellation().check();
                if (target.remaining() >= SMALL) {
                    int count = channel.read(target, position);
                    position += Math.max(0, count);
                    return count;
                }
                ahead.clear();
                int count = channel.read(ahead, position);
                ahead.flip();
                if (count < 0) {
                    return count;
                }
                position += count;
            }
            int count = Math.min(target.remaining(), ahead.remaining());
            target.put(target.position(), ahead, ahead.position(), count);
            target.position(target.position() + count);
            ahead.position(ahead.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {}
    }
}
