package io.millrace.dataflow.format;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the columns of files were judged to be, so that the same files are judged once. Files are the same while their
 * addresses and versions are. Thread-safe.
 */
public final class InferenceCache {
    private static final int MOST = 256;

    /** The one that was used least comes first. */
    private final Map<Key, InferenceReport> reports = new LinkedHashMap<>(16, 0.75f, true);

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
        synchronized (reports) {
            InferenceReport known = reports.get(key);
            if (known != null) {
                return known;
            }
        }
        InferenceReport report = Formats.named(options.format()).inferenceReport(source, options, reading);
        synchronized (reports) {
            reports.put(key, report);
            if (reports.size() > MOST) {
                reports.remove(reports.keySet().iterator().next());
            }
        }
        return report;
    }
}
