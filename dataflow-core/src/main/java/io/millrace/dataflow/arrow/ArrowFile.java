package io.millrace.dataflow.arrow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.SourceFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * An open file. Arrow's file format is its stream format between a mark and a footer, so both are read as a stream, from
 * any source.
 */
final class ArrowFile implements AutoCloseable {
    private static final byte[] MARK = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int MARK_BYTES = 8;

    private final String name;
    private final InputStream stream;
    private final ArrowStreamReader reader;
    private final BufferAllocator allocator;

    private ArrowFile(String name, InputStream stream, BufferAllocator allocator) {
        this.name = name;
        this.stream = stream;
        this.allocator = allocator;
        this.reader = new ArrowStreamReader(stream, allocator);
    }

    static ArrowFile open(SourceFile file, Reading reading, BufferAllocator allocator) {
        InputStream stream =
                new BufferedInputStream(reading.access().read(file, 0, file.length(), reading.cancellation()), 1 << 16);
        ArrowFile open = new ArrowFile(file.display(), stream, allocator);
        try {
            open.attempt(() -> {
                stream.mark(MARK_BYTES);
                byte[] begin = stream.readNBytes(MARK_BYTES);
                if (!Arrays.equals(begin, 0, Math.min(MARK.length, begin.length), MARK, 0, MARK.length)) {
                    stream.reset();
                }
                return open.reader.getVectorSchemaRoot();
            });
            return open;
        } catch (RuntimeException | Error failure) {
            open.close();
            throw failure;
        }
    }

    /** The columns, in order. */
    Schema schema() {
        List<Schema.Field> fields = new ArrayList<>();
        for (FieldVector vector : vectors()) {
            Field field = vector.getField();
            Dictionary dictionary = dictionary(field);
            Field values = dictionary == null ? field : dictionary.getVector().getField();
            fields.add(Schema.Field.optional(field.getName(), ArrowColumns.type(values, field.getName(), name)));
        }
        return Schema.of(fields);
    }

    /** The vectors of the current batch. */
    List<FieldVector> vectors() {
        return attempt(() -> reader.getVectorSchemaRoot().getFieldVectors());
    }

    /** Loads the next batch and gives its number of rows; -1 after the last. */
    int next() {
        return attempt(
                () -> reader.loadNextBatch() ? reader.getVectorSchemaRoot().getRowCount() : -1);
    }

    /** A column of the current batch without its dictionary; the caller closes it when it is not the vector itself. */
    FieldVector decoded(FieldVector vector) {
        Dictionary dictionary = dictionary(vector.getField());
        return dictionary == null ? vector : (FieldVector) DictionaryEncoder.decode(vector, dictionary, allocator);
    }

    private @Nullable Dictionary dictionary(Field field) {
        if (field.getDictionary() == null) {
            return null;
        }
        Map<Long, Dictionary> dictionaries = attempt(reader::getDictionaryVectors);
        return dictionaries.get(field.getDictionary().getId());
    }

    private <T extends @Nullable Object> T attempt(Attempt<T> work) {
        try {
            return work.run();
        } catch (DataflowException known) {
            throw known;
        } catch (IOException | RuntimeException damaged) {
            String reason = String.valueOf(damaged.getMessage()).contains("compress")
                    ? "it is compressed"
                    : "it is not of Arrow's IPC format, or is cut off";
            throw DataflowException.of(
                            ErrorCode.DAMAGED_FILE,
                            "Cannot read " + name + ": " + reason,
                            "Write the file with pyarrow.ipc or another writer of Arrow's, without compression")
                    .causedBy(damaged);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
            stream.close();
        } catch (IOException failed) {
            throw DataflowException.of(ErrorCode.IO_FAILED, "Cannot read '" + name + "': " + failed.getMessage())
                    .causedBy(failed);
        }
    }

    private interface Attempt<T extends @Nullable Object> {
        T run() throws IOException;
    }
}
