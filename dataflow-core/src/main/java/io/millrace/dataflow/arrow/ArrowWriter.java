package io.millrace.dataflow.arrow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** Writes batches as Arrow's IPC file format, a record batch for each. Null and error values are nulls. */
final class ArrowWriter implements RowWriter {
    private final BufferAllocator allocator;
    private final VectorSchemaRoot root;
    private final Unloaded writer;

    private ArrowWriter(OutputStream stream, Schema schema) {
        this.allocator = new RootAllocator();
        List<FieldVector> vectors = new ArrayList<>();
        for (Schema.Field field : schema.fields()) {
            vectors.add(ArrowTypes.vector(field.name(), field.type(), allocator));
        }
        this.root = new VectorSchemaRoot(vectors);
        this.writer = new Unloaded(root, stream);
    }

    static ArrowWriter to(OutputStream stream, Schema schema) {
        ArrowWriter writer = new ArrowWriter(stream, schema);
        try {
            writer.writer.start();
            return writer;
        } catch (IOException failed) {
            writer.close();
            throw failed(failed);
        }
    }

    @Override
    public void write(Batch batch) {
        List<FieldVector> vectors = new ArrayList<>();
        batch.columns().forEach(cells -> vectors.add(cells.values()));
        // The vectors stay the batch's: the root around them is never closed.
        VectorSchemaRoot rows = new VectorSchemaRoot(root.getSchema().getFields(), vectors, batch.rowCount());
        try (ArrowRecordBatch record = new VectorUnloader(rows).getRecordBatch()) {
            writer.write(record);
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    @Override
    public void finish() {
        try {
            writer.end();
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    @Override
    public void close() {
        writer.close();
        root.close();
        allocator.close();
    }

    private static DataflowException failed(IOException cause) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot write Arrow: " + cause.getMessage())
                .causedBy(cause);
    }

    /** A writer that takes record batches of vectors that are not its root's. */
    private static final class Unloaded extends ArrowFileWriter {
        Unloaded(VectorSchemaRoot root, OutputStream stream) {
            super(root, null, Channels.newChannel(stream));
        }

        void write(ArrowRecordBatch batch) throws IOException {
            writeRecordBatch(batch);
        }
    }
}
