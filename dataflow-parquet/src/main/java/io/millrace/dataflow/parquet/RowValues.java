package io.millrace.dataflow.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Makes a row of values of every record. */
final class RowValues extends RecordMaterializer<@Nullable Object[]> {
    private final Root root;

    RowValues(MessageType message, WrittenCalendar calendar) {
        this.root = new Root(message, calendar);
    }

    @Override
    public @Nullable Object[] getCurrentRecord() {
        return root.row;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    private static final class Root extends GroupConverter {
        private final List<Converter> columns = new ArrayList<>();
        private @Nullable Object[] row = new Object[0];

        Root(MessageType message, WrittenCalendar calendar) {
            for (int i = 0; i < message.getFieldCount(); i++) {
                int column = i;
                columns.add(ValueConverters.of(message.getType(i), calendar, value -> row[column] = value));
            }
        }

        @Override
        public Converter getConverter(int index) {
            return columns.get(index);
        }

        @Override
        public void start() {
            row = new Object[columns.size()];
        }

        @Override
        public void end() {}
    }
}
