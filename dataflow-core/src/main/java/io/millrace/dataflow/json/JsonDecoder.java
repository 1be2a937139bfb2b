package io.millrace.dataflow.json;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.format.LineDecoder;
import io.millrace.dataflow.format.Lines;
import io.millrace.dataflow.format.RowBuilder;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Makes rows of lines of JSON objects: picks the columns asked for by name, and leaves out blank lines. */
final class JsonDecoder implements LineDecoder {
    private final Schema schema;
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<String> files;
    private final int ordinal;
    private final String step;
    private final ErrorPolicy policy;

    JsonDecoder(JsonLinesScan scan, int ordinal) {
        this.schema = scan.schema();
        for (int i = 0; i < schema.size(); i++) {
            positions.put(schema.field(i).name(), i);
        }
        this.files = scan.files().stream().map(SourceFile::display).toList();
        this.ordinal = ordinal;
        this.step = scan.step();
        this.policy = scan.options().errors();
    }

    @Override
    public Decoded decode(Lines lines, BufferAllocator allocator) {
        List<Rejection> rejections = new ArrayList<>();
        try (RowBuilder rows = new RowBuilder(schema, files, ordinal, allocator);
                JsonValues values = new JsonValues(allocator)) {
            Row row = new Row(values);
            for (int line = 0; line < lines.count(); line++) {
                if (lines.isBlank(line)) {
                    continue;
                }
                long number = lines.first() + line;
                try {
                    row.read(lines, line);
                    row.write(rows, number);
                } catch (JsonRecord.NoObject malformed) {
                    if (policy.leavesOut()) {
                        rejections.add(Rejection.of(
                                lines.place(line, files.get(ordinal), number),
                                Rejection.Code.MALFORMED,
                                malformed.reason(),
                                JsonRecord.text(lines, line)));
                    } else {
                        keep(rows, number, JsonRecord.text(lines, line), malformed.reason());
                    }
                }
            }
            return new Decoded(rows.build(), rejections);
        }
    }

    private void keep(RowBuilder rows, long number, String text, String reason) {
        if (policy instanceof ErrorPolicy.Fail) {
            throw JsonLinesInference.malformed(number, files.get(ordinal), reason);
        }
        CellError error = error(text, number);
        for (int column = 0; column < schema.size(); column++) {
            rows.error(column, error);
        }
        rows.end(number);
    }

    private CellError error(String text, long record) {
        return new CellError(CellError.Code.CAST, text, files.get(ordinal), record, step);
    }

    /** The values of one object, held until it is known to be one. */
    private final class Row implements JsonRecord.Members {
        private final JsonValues values;
        private final @Nullable Object[] cells = new Object[schema.size()];
        /** The texts of the cells that do not fit. */
        private final @Nullable String[] misfits = new String[schema.size()];

        private byte[] bytes = new byte[0];
        private int start;

        Row(JsonValues values) {
            this.values = values;
        }

        void read(Lines lines, int line) throws JsonRecord.NoObject {
            Arrays.fill(cells, null);
            Arrays.fill(misfits, null);
            bytes = lines.bytes();
            start = lines.start(line);
            JsonRecord.read(lines, line, this);
        }

        @Override
        public void member(String name, JsonParser parser) throws IOException {
            Integer column = positions.get(name);
            if (column == null) {
                parser.skipChildren();
                return;
            }
            boolean nested = parser.currentToken().isStructStart();
            long from = parser.currentTokenLocation().getByteOffset();
            DataType type = schema.field(column).type();
            Object value = values.read(type, parser, bytes, start);
            if (value == JsonValues.MISFIT) {
                misfits[column] =
                        nested || !Literals.isUnicode(parser.getText()) ? written(from, parser) : parser.getText();
            } else {
                cells[column] = value;
            }
        }

        /** The JSON from a place up to the end of the token that the parser stands at. */
        private String written(long from, JsonParser parser) throws IOException {
            parser.finishToken();
            int length = (int) (parser.currentLocation().getByteOffset() - from);
            return new String(bytes, (int) (start + from), length, StandardCharsets.UTF_8);
        }

        void write(RowBuilder rows, long number) {
            for (int column = 0; column < cells.length; column++) {
                String misfit = misfits[column];
                if (misfit != null) {
                    rows.error(column, error(misfit, number));
                } else {
                    rows.value(column, cells[column]);
                }
            }
            rows.end(number);
        }
    }
}
