package io.millrace.dataflow.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.csv.CsvReader;
import io.millrace.dataflow.csv.CsvScan;
import io.millrace.dataflow.csv.CsvSplit;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.SchemaJson;
import io.millrace.dataflow.plan.SourceJson;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Positions;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of CSV files, read from splits where the task runs. */
record SplitSource(
        String optionsJson,
        String schemaJson,
        String step,
        List<String> files,
        SharedCredentials credentials,
        ReadReports reports)
        implements PartitionSource {
    /**
     * The source of a scan.
     *
     * @param files the names of its files
     */
    static SplitSource of(
            Operator.Scan scan, String step, List<String> files, SharedCredentials credentials, ReadReports reports) {
        return new SplitSource(
                SourceJson.writeOptions(scan.options()).toString(),
                SchemaJson.write(scan.schema()).toString(),
                step,
                files,
                credentials,
                reports);
    }

    /**
     * A split as an element of a partition, without any signature.
     *
     * @param number the number of the split among all of the run
     */
    static byte[] element(SourceFile file, CsvSplit split, int number) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("source", SourceJson.write(file.source()));
        json.put("fileLength", file.length()).put("version", file.version());
        json.put("ordinal", split.ordinal()).put("offset", split.offset()).put("length", split.length());
        json.put("insideQuotes", split.start().insideQuotes())
                .put("firstRecord", split.start().firstRecord());
        json.put("number", number);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
        Schema schema = SchemaJson.read(JsonText.parse(schemaJson));
        return scope.closing(new Splits(schema, elements, scope));
    }

    /** The splits of a partition, one after the other. */
    private final class Splits implements BatchStream {
        private final Schema schema;
        private final CsvOptions options = SourceJson.readOptions(JsonText.parse(optionsJson));
        private final Iterator<byte[]> elements;
        private final TaskScope scope;
        private @Nullable CsvReader reader;
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
                CsvReader current = reader;
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

        private CsvReader open(byte[] element) {
            JsonNode json = JsonText.parse(new String(element, StandardCharsets.UTF_8));
            SourceFile file = new SourceFile(
                    SourceJson.read(json.path("source")),
                    json.path("fileLength").longValue(),
                    json.path("version").textValue());
            ordinal = json.path("ordinal").intValue();
            number = json.path("number").intValue();
            CsvSplit split = new CsvSplit(
                    0,
                    json.path("offset").longValue(),
                    json.path("length").longValue(),
                    new CsvSplit.StartState(
                            json.path("insideQuotes").booleanValue(),
                            json.path("firstRecord").longValue()));
            return CsvScan.of(List.of(file), options, schema, step)
                    .open(split, credentials.access(), scope.allocator(), scope.cancellation());
        }

        /** The batch with the ordinal of its file in the whole scan. */
        private Batch placed(Batch batch) {
            Positions positions = batch.positions().orElseThrow();
            int[] ordinals = new int[positions.size()];
            long[] records = new long[positions.size()];
            for (int row = 0; row < ordinals.length; row++) {
                ordinals[row] = ordinal;
                records[row] = positions.record(row);
            }
            return Batch.of(batch.schema(), batch.columns(), batch.rowCount(), Positions.of(files, ordinals, records));
        }

        @Override
        public void close() {
            CsvReader ended = reader;
            reader = null;
            if (ended != null) {
                try (ended) {
                    reports.add(new ReadReports.Part(number, ended.report()));
                }
            }
        }
    }
}
