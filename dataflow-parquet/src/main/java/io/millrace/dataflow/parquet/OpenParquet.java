package io.millrace.dataflow.parquet;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.SourceFile;
import java.io.IOException;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** An open file. */
final class OpenParquet implements AutoCloseable {
    private final String name;
    private final ParquetFileReader reader;

    private OpenParquet(String name, ParquetFileReader reader) {
        this.name = name;
        this.reader = reader;
    }

    static OpenParquet of(SourceFile file, Reading reading) {
        return new OpenParquet(
                file.display(),
                attempt(file.display(), () -> ParquetFileReader.open(new ParquetSource(file, reading))));
    }

    Schema schema() {
        return ParquetTypes.schema(message(), name);
    }

    MessageType message() {
        return reader.getFooter().getFileMetaData().getSchema();
    }

    /** By which the days in it were counted. */
    WrittenCalendar calendar() {
        return WrittenCalendar.of(reader.getFooter().getFileMetaData().getKeyValueMetaData());
    }

    /** Reads these columns of the file alone. */
    void select(MessageType columns) {
        reader.setRequestedSchema(columns);
    }

    /** The next row group, or null after the last. */
    @Nullable
    PageReadStore next() {
        return attempt(name, reader::readNextRowGroup);
    }

    static <T extends @Nullable Object> T attempt(String name, Attempt<T> work) {
        try {
            return work.run();
        } catch (DataflowException known) {
            throw known;
        } catch (IOException | RuntimeException damaged) {
            throw DataflowException.of(
                            ErrorCode.DAMAGED_FILE,
                            "Cannot read " + name + ": it is not a Parquet file, or is cut off or damaged")
                    .causedBy(damaged);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException failed) {
            throw DataflowException.of(ErrorCode.IO_FAILED, "Cannot read '" + name + "': " + failed.getMessage())
                    .causedBy(failed);
        }
    }

    interface Attempt<T extends @Nullable Object> {
        T run() throws IOException;
    }
}
