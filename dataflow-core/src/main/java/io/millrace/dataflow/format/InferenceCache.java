package io.millrace.dataflow.format;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of files were judged to be, so that the same files are judged once. Files are the same while their
 * addresses and versions are. Thread-safe.
 */
public final class InferenceCache {
    private static final int MOST = 256;

    /** The one that was used least comes first. */
    private final Map<Key, InferenceReport> reports = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<Key> wanted = new HashSet<>();

    private record Key(ReadOptions options, List<SourceFile> files) {}

    /** What is known of no files. */
    public InferenceCache() {}

    /**
     * The columns of the files of a source. Lists the files, and reads them where they are not known; reads nothing where
     * the options declare the columns.
     *
     * @throws io.millrace.dataflow.error.DataflowException as {@link FileFormat#inferenceReport} does
     */
    public InferenceReport report(Source source, ReadOptions options, Reading reading) {
        Optional<Schema> declared = options.rowSchema();
        if (declared.isPresent()) {
            return InferenceReport.of(declared.get());
        }
        Key key = new Key(options, List.copyOf(reading.access().list(source, reading.cancellation())));
        Optional<InferenceReport> known = known(key);
        if (known.isPresent()) {
            return known.get();
        }
        InferenceReport report = Formats.named(options.format()).inferenceReport(source, options, reading);
        add(key, report);
        return report;
    }

    /**
     * Columns that {@link #report} might give, judged from some values; from then on a scan of the same files is wanted to
     * judge them. Empty where the columns are known, or the format does not guess.
     *
     * @throws io.millrace.dataflow.error.DataflowException as {@link FileFormat#guess} does
     */
    public Optional<Schema> guess(Source source, ReadOptions options, Reading reading) {
        if (options.rowSchema().isPresent()) {
            return Optional.empty();
        }
        Key key = new Key(options, List.copyOf(reading.access().list(source, reading.cancellation())));
        if (known(key).isPresent()) {
            return Optional.empty();
        }
        Optional<Schema> guess = Formats.named(options.format()).guess(source, key.files, options, reading);
        if (guess.isPresent()) {
            synchronized (reports) {
                wanted.add(key);
            }
        }
        return guess;
    }

    /** Whether a scan of files is wanted to judge them. */
    public boolean wants(ReadOptions options, List<SourceFile> files) {
        synchronized (reports) {
            return wanted.contains(new Key(options, files));
        }
    }

    /** Adds what a scan judged files to be. */
    public void add(ReadOptions options, List<SourceFile> files, InferenceReport report) {
        add(new Key(options, List.copyOf(files)), report);
    }

    private Optional<InferenceReport> known(Key key) {
        synchronized (reports) {
            return Optional.ofNullable(reports.get(key));
        }
    }

    private void add(Key key, InferenceReport report) {
        synchronized (reports) {
            wanted.remove(key);
            reports.put(key, report);
            if (reports.size() > MOST) {
                reports.remove(reports.keySet().iterator().next());
            }
        }
    }
}
