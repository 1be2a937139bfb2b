package io.millrace.dataflow.output;

import io.millrace.dataflow.csv.CsvWriter;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Rejection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * The files of the quarantines of one run, by their paths. Scans that share a path write to one file. A file appears
 * whole, when the last of its scans has read all records, or not at all.
 */
public final class QuarantineFiles implements AutoCloseable {
    private final Map<String, OpenFile> files = new TreeMap<>();
    private final Map<String, Integer> scans = new TreeMap<>();

    /** No files. */
    public QuarantineFiles() {}

    /** Says that one more scan will write to a path, before any scan finishes. */
    public synchronized void expect(String path) {
        scans.merge(path, 1, Integer::sum);
    }

    /**
     * Writes rejections.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when the file cannot be made; {@code IO_FAILED}
     */
    public synchronized void add(String path, List<Rejection> rejections) {
        if (!rejections.isEmpty()) {
            try (BufferAllocator allocator = new RootAllocator();
                    Batch rows = QuarantineRows.of(rejections, allocator)) {
                add(path, rows);
            }
        }
    }

    /**
     * Writes rows of {@link QuarantineRows}, which stay the caller's.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when the file cannot be made; {@code IO_FAILED}
     */
    public synchronized void add(String path, Batch rows) {
        open(path).writer.write(rows);
    }

    /**
     * Says that a scan has read all records.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when the file cannot be made; {@code IO_FAILED}
     */
    public synchronized void finish(String path) {
        OpenFile file = open(path);
        if (scans.merge(path, -1, Integer::sum) <= 0) {
            files.remove(path);
            try (Target.Pending pending = file.pending) {
                file.writer.close();
                pending.commit();
            }
        }
    }

    private OpenFile open(String path) {
        return files.computeIfAbsent(path, missing -> {
            Target.Pending pending = target(path).open(Writing.plain());
            try {
                return new OpenFile(
                        pending, CsvWriter.to(pending.stream(), QuarantineRows.SCHEMA, CsvOptions.defaults()));
            } catch (RuntimeException | Error failure) {
                pending.close();
                throw failure;
            }
        });
    }

    private static Target target(String path) {
        try {
            return Target.file(Path.of(path));
        } catch (InvalidPathException malformed) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot write a quarantine to '" + path + "': it is not a path");
        }
    }

    /** Leaves nothing behind of files that did not appear. */
    @Override
    public synchronized void close() {
        files.values().forEach(file -> file.pending.close());
        files.clear();
    }

    private record OpenFile(Target.Pending pending, CsvWriter writer) {}
}
