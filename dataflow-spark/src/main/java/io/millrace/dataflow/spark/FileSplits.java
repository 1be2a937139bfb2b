package io.millrace.dataflow.spark;

import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitSummary;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.source.SourceFile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * The splits of a scan with their starts. Where a file has several and these are not known, a job summarises all but the
 * last: a pass over the bytes, without making values of them.
 */
record FileSplits(JavaSparkContext context, SplitSource source, List<SourceFile> files) {
    /** About how many bytes a task reads. */
    private static final long TARGET_BYTES = 32L << 20;

    List<Split> of(Reading reading, Operator.Scan scan) {
        List<Split> splits = Formats.named(scan.options().format())
                .scan(files, scan.options(), scan.schema(), source.step())
                .splits(reading, TARGET_BYTES);
        List<Integer> toCount = new ArrayList<>();
        for (int i = 0; i + 1 < splits.size(); i++) {
            if (splits.get(i + 1).start().firstRecord() == 0) {
                toCount.add(i);
            }
        }
        if (toCount.isEmpty()) {
            return splits;
        }
        List<byte[]> elements = new ArrayList<>();
        for (int index : toCount) {
            Split split = splits.get(index);
            elements.add(SplitSource.element(files.get(split.ordinal()), split, index));
        }
        List<long[]> summaries = context.parallelize(elements, elements.size())
                .mapPartitions(new Summaries(source))
                .collect();
        List<Split> numbered = new ArrayList<>();
        Iterator<long[]> summary = summaries.iterator();
        for (Split split : splits) {
            if (split.start().firstRecord() > 0) {
                numbered.add(split);
            } else {
                Split before = numbered.get(numbered.size() - 1);
                numbered.add(split.startingAt(SplitSummary.of(summary.next()).after(before.start())));
            }
        }
        return numbered;
    }

    /** The summary of every split, as numbers. */
    private record Summaries(SplitSource source) implements FlatMapFunction<Iterator<byte[]>, long[]> {
        @Override
        public Iterator<long[]> call(Iterator<byte[]> elements) {
            TaskScope scope = TaskScope.open();
            List<long[]> summaries = new ArrayList<>();
            elements.forEachRemaining(
                    element -> summaries.add(source.summary(element, scope).numbers()));
            return summaries.iterator();
        }
    }
}
