package io.millrace.dataflow.parquet;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes batches as a Parquet file, compressed with Snappy. Null and error values are nulls. */
@SuppressWarnings(
        "deprecation") // Newer versions of the library deprecate what the version that Spark 3.5 has offers alone.
final class ParquetRows implements RowWriter {
    private final ParquetWriter<RowOf> writer;
    private final OutputStream stream;
    private boolean finished;

    private ParquetRows(ParquetWriter<RowOf> writer, OutputStream stream) {
        this.writer = writer;
        this.stream = stream;
    }

    /** A row of a batch. */
    private record RowOf(Batch batch, int row) {}

    static ParquetRows to(OutputStream stream, Schema schema) {
        try {
            return new ParquetRows(
                    new Builder(new Bytes(stream), schema)
                            .withConf(new Configuration(false))
                            .withCompressionCodec(CompressionCodecName.SNAPPY)
                            .build(),
                    stream);
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    @Override
    public void write(Batch batch) {
        try {
            for (int row = 0; row < batch.rowCount(); row++) {
                writer.write(new RowOf(batch, row));
            }
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    @Override
    public void finish() {
        finished = true;
        try {
            writer.close();
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    @Override
    public void close() {
        if (!finished) {
            finish();
        }
        try {
            stream.close();
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    private static DataflowException failed(IOException cause) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot write Parquet: " + cause.getMessage())
                .causedBy(cause);
    }

    private static final class Builder extends ParquetWriter.Builder<RowOf, Builder> {
        private final Schema schema;

        Builder(OutputFile file, Schema schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<RowOf> getWriteSupport(Configuration configuration) {
            return new Support(schema);
        }
    }

    private static final class Support extends WriteSupport<RowOf> {
        private final Schema schema;
        private final ValueWriter values = new ValueWriter();

        Support(Schema schema) {
            this.schema = schema;
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return new WriteContext(ParquetTypes.message(schema), Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            values.to(consumer);
        }

        @Override
        public void write(RowOf record) {
            values.row(schema, record.batch(), record.row());
        }
    }

    /** A stream that knows how far it is. */
    private record Bytes(OutputStream stream) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return new PositionOutputStream() {
                private long position;

                @Override
                public long getPos() {
                    return position;
                }

                @Override
                public void write(int value) throws IOException {
                    stream.write(value);
                    position++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    stream.write(bytes, offset, length);
                    position += length;
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return create(blockSize);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
