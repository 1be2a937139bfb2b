package io.millrace.dataflow;

import static io.millrace.dataflow.testing.Rows.row;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.testing.TableAssert;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FromMapsTest {
    private static final Schema SCHEMA =
            Schema.of(Field.optional("id", DataTypes.INT64), Field.optional("name", DataTypes.TEXT));

    @Test
    void rowsAreTakenByNameAndAnAbsentOneIsNull() {
        Dataflow rows = Dataflow.fromMaps(
                SCHEMA, List.of(Map.of("name", "crow", "id", 1), Map.of("id", 2), Map.of("name", "gull")));

        try (LocalEngine engine = LocalEngine.create()) {
            TableAssert.assertThat(rows.collect(engine))
                    .hasColumns("id", "name")
                    .hasRows(row(1L, "crow"), row(2L, null), row(null, "gull"));
        }
    }

    @Test
    void aNameThatIsNoColumnIsRefused() {
        assertThatThrownBy(() -> Dataflow.fromMaps(SCHEMA, List.of(Map.of("id", 1), Map.of("nmae", "crow"))))
                .hasMessage("""
                        UNKNOWN_COLUMN: Cannot find column 'nmae' for row 2
                          Did you mean 'name'?
                          Columns here: id, name""");
    }
}
