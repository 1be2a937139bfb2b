package io.millrace.dataflow.schema;

import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.schema.DataTypes.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.schema.Schema.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataTypesTest {
    @Test
    void everyTypeIsReadFromWhatItPrints() {
        List<DataType> types = List.of(
                DataTypes.BOOL,
                INT64,
                DataTypes.FLOAT64,
                TEXT,
                DataTypes.DATE,
                DataTypes.TIMESTAMP,
                DataTypes.BINARY,
                decimal(38, 0),
                listOf(listOf(decimal(10, 2))),
                struct(Field.optional("a", listOf(TEXT)), Field.optional("b", struct(Field.optional("c", INT64)))));

        assertThat(types)
                .allSatisfy(type -> assertThat(DataTypes.parse(type.toString())).isEqualTo(type));
    }

    @Test
    void whatIsNoTypeIsRefused() {
        for (String text : List.of("int", "decimal(10)", "decimal(0, 0)", "list<>", "struct<a>")) {
            assertThatThrownBy(() -> DataTypes.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not a type: " + text);
        }
    }
}
