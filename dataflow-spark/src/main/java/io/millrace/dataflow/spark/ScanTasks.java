package io.millrace.dataflow.spark;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.BatchStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The rows of some files for the tasks of a Spark job: each reads one split, and the splits in order are the rows of the
 * files. Travels to the executors; a signature travels beside it, as the content of a broadcast variable.
 */
public final class ScanTasks implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SplitSource source;

    private ScanTasks(SplitSource source) {
        this.source = source;
    }

    /**
     * A scan of files, which all tasks of the session's cluster may read.
     *
     * @param step the text of the step, which error values repeat
     * @throws io.millrace.dataflow.error.DataflowException {@code UNKNOWN_CREDENTIAL}
     */
    public static ScanTasks of(
            JavaSparkContext context,
            Operator.Scan scan,
            String step,
            List<SourceFile> files,
            Credentials credentials) {
        ReadReports reports = new ReadReports();
        context.sc().register(reports);
        SharedCredentials shared = SharedCredentials.of(tokens(files, credentials), context);
        List<String> names = files.stream().map(SourceFile::display).toList();
        return new ScanTasks(SplitSource.of(scan, step, names, shared, reports));
    }

    private static Map<String, SasToken> tokens(List<SourceFile> files, Credentials credentials) {
        Map<String, SasToken> tokens = new TreeMap<>();
        for (SourceFile file : files) {
            if (file.source() instanceof Source.Blob blob) {
                Credential credential = blob.credential();
                credentials.resolve(credential).ifPresent(token -> tokens.put(SparkRun.name(credential), token));
            }
        }
        return tokens;
    }

    /**
     * The splits in order, each as bytes that {@link #open} takes. Asked on the driver. Runs a job where a file has several
     * and the states at their starts are not known.
     *
     * @throws io.millrace.dataflow.error.DataflowException what reading the files throws
     */
    public List<byte[]> splits(
            JavaSparkContext context, Operator.Scan scan, List<SourceFile> files, Credentials credentials) {
        Reading reading = new Reading(SourceAccess.with(credentials), Cancellation.create());
        List<byte[]> elements = new ArrayList<>();
        for (Split split : new FileSplits(context, source, files).of(reading, scan)) {
            elements.add(SplitSource.element(files.get(split.ordinal()), split, elements.size()));
        }
        return elements;
    }

    /** The same for so many splits: where the cluster has more processors than that, a task uses those that are idle. */
    public ScanTasks sharing(JavaSparkContext context, int splits) {
        return new ScanTasks(source.sharing(context, splits));
    }

    /** The rows of a split, in a task. They are closed with the task, if not before. */
    public BatchStream open(byte[] split, TaskScope scope) {
        return source.open(0, List.of(split).iterator(), scope);
    }

    /** In a task: the records that it has rejected, of the splits that it has read to their end. */
    public long rejected() {
        return source.reports().value().rejected();
    }
}
