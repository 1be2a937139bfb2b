package io.millrace.dataflow.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.format.SplitRows;
import io.millrace.dataflow.format.SplitSummary;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.ReadOptionsJson;
import io.millrace.dataflow.plan.SchemaJson;
import io.millrace.dataflow.plan.SourceJson;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Positions;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Rows of files, read from splits where the task runs.
 *
 * @param threads on how many threads a task may decode, if its executor has as many processors
 */
record SplitSource(
        String format,
        String optionsJson,
        String schemaJson,
        String step,
        List<String> files,
        SharedCredentials credentials,
        ReadReports reports,
        int threads)
        implements PartitionSource {
    /**
     * The source of a scan.
     *
     * @param files the names of its files
     */
    static SplitSource of(
            Operator.Scan scan, String step, List<String> files, SharedCredentials credentials, ReadReports reports) {
        return new SplitSource(
                scan.options().format(),
                ReadOptionsJson.write(scan.options()).toString(),
                SchemaJson.write(scan.schema()).toString(),
                step,
                files,
                credentials,
                reports,
                1);
    }

    /** The same for so many splits: where a cluster has more processors than that, a task uses those that are idle. */
    SplitSource sharing(JavaSparkContext context, int splits) {
        int shared = Math.max(1, context.defaultParallelism() / Math.max(1, splits));
        return new SplitSource(format, optionsJson, schemaJson, step, files, credentials, reports, shared);
    }

    /**
     * A split as an element of a partition, without any signature.
     *
     * @param number the number of the split among all of the run
     */
    static byte[] element(SourceFile file, Split split, int number) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("source", SourceJson.write(file.source()));
        json.put("fileLength", file.length()).put("version", file.version());
        json.put("ordinal", split.ordinal()).put("offset", split.offset()).put("length", split.length());
        json.put("state", split.start().state())
                .put("firstRecord", split.start().firstRecord())
                .put("firstLine", split.start().firstLine());
        json.put("number", number);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The summary of the split that an element holds. */
    SplitSummary summary(byte[] element, TaskScope scope) {
        Element read = Element.of(element);
        return scan(read.file, SchemaJson.read(JsonText.parse(schemaJson)))
                .summary(read.split, new Reading(credentials.access(), scope.cancellation()));
    }

    /** The options of the scan. */
    ReadOptions options() {
        return ReadOptionsJson.read(format, JsonText.parse(optionsJson));
    }

    /** Starts to read the split that an element holds. */
    SplitReader reader(byte[] element, TaskScope scope) {
        Element read = Element.of(element);
        return scan(read.file, SchemaJson.read(JsonText.parse(schemaJson)))
                .open(read.split, new Reading(credentials.access(), scope.cancellation()));
    }

    private FileScan scan(SourceFile file, Schema schema) {
        return Formats.named(format).scan(List.of(file), options(), schema, step);
    }

    /**
     * What an element holds.
     *
     * @param split in a scan of this file alone
     * @param ordinal the ordinal of the file in the whole scan
     * @param number the number of the split among all of the run
     */
    private record Element(SourceFile file, Split split, int ordinal, int number) {
        static Element of(byte[] element) {
            JsonNode json = JsonText.parse(new String(element, StandardCharsets.UTF_8));
            SourceFile file = new SourceFile(
                    SourceJson.read(json.path("source")),
                    json.path("fileLength").longValue(),
                    json.path("version").textValue());
            Split split = new Split(
                    0,
                    json.path("offset").longValue(),
                    json.path("length").longValue(),
                    new Split.StartState(
                            json.path("state").intValue(),
                            json.path("firstRecord").longValue(),
                            json.path("firstLine").longValue()));
            return new Element(
                    file,
                    split,
                    json.path("ordinal").intValue(),
                    json.path("number").intValue());
        }
    }

    @Override
    public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
        Schema schema = SchemaJson.read(JsonText.parse(schemaJson));
        return scope.closing(new Splits(schema, elements, scope));
    }

    /** The splits of a partition, one after the other. */
    private final class Splits implements BatchStream {
        private final Schema schema;
        private final Iterator<byte[]> elements;
        private final TaskScope scope;
        private @Nullable SplitRows reader;
        private int ordinal;
        private int number;

        Splits(Schema schema, Iterator<byte[]> elements, TaskScope scope) {
            this.schema = schema;
            this.elements = elements;
            this.scope = scope;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public @Nullable Batch next() {
            while (true) {
                SplitRows current = reader;
                if (current == null) {
                    if (!elements.hasNext()) {
                        return null;
                    }
                    current = open(elements.next());
                    reader = current;
                }
                Batch batch;
                try {
                    batch = current.next();
                } catch (RuntimeException | Error failure) {
                    // The account of a read that failed is not complete, and nobody asks for it.
                    reader = null;
                    current.close();
                    throw failure;
                }
                if (batch != null) {
                    return placed(batch);
                }
                close();
            }
        }

        private SplitRows open(byte[] element) {
            Element read = Element.of(element);
            ordinal = read.ordinal;
            number = read.number;
            int most = Math.min(threads, Runtime.getRuntime().availableProcessors());
            Reading reading = new Reading(credentials.access(), scope.cancellation(), most);
            return SplitRows.of(schema, scan(read.file, schema).open(read.split, reading), scope.allocator(), reading);
        }

        /** The batch with the ordinal of its file in the whole scan. */
        private Batch placed(Batch batch) {
            Positions placed = placed(batch.positions().orElseThrow());
            return Batch.of(batch.schema(), batch.columns(), batch.rowCount(), placed);
        }

        private Positions placed(Positions positions) {
            int rows = positions.size();
            // The records of a file ascend.
            if (rows > 0 && positions.record(rows - 1) - positions.record(0) == rows - 1) {
                return Positions.consecutive(files, ordinal, positions.record(0), rows);
            }
            int[] ordinals = new int[rows];
            long[] records = new long[rows];
            for (int row = 0; row < rows; row++) {
                ordinals[row] = ordinal;
                records[row] = positions.record(row);
            }
            return Positions.of(files, ordinals, records);
        }

        @Override
        public void close() {
            SplitRows ended = reader;
            reader = null;
            if (ended != null) {
                ended.close();
                reports.add(new ReadReports.Part(number, ended.report()));
            }
        }
    }
}
