package io.millrace.dataflow;

import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.table.Table;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class FromTableTest {
    private final LocalEngine engine = LocalEngine.create();

    @Test
    void aSmallTableIsSavedWithThePlan() {
        String saved;
        try (Table table = rows("x").of(1, 2).collect(engine)) {
            saved = Dataflow.fromTable(table).toJson();
        }
        try (Table read = Dataflow.fromJson(saved, Path.of("")).collect(engine)) {
            assertThat(read.rows()).containsExactly(row(1L), row(2L));
        }
    }

    @Test
    void aLargeTableIsRefusedByName() {
        try (Table table =
                rows("x: int64").ofRows(Collections.nCopies(10_001, row(1L))).collect(engine)) {
            Dataflow large = Dataflow.fromTable(table);
            assertThatThrownBy(large::toJson).hasMessage("""
                    INVALID_ARGUMENT: Cannot save fromTable(10001 rows): its rows are in memory only
                      A saved plan holds up to 10000 cells, and no error values, lists or structs
                      Write the table to a file and read it with readCsv""");
        }
    }

    @Test
    void errorValuesAreNotSaved() {
        try (Table table = rows("x").of("1", "no").cast("x", DataTypes.INT64).collect(engine)) {
            assertThatThrownBy(() -> Dataflow.fromTable(table).toJson())
                    .hasMessageStartingWith("INVALID_ARGUMENT: Cannot save fromTable(2 rows)");
        }
    }

    @Test
    void twoTablesAreNotTheSameDataflow() {
        try (Table one = rows("x: int64")
                        .ofRows(Collections.nCopies(10_001, row(1L)))
                        .collect(engine);
                Table other = rows("x: int64")
                        .ofRows(Collections.nCopies(10_001, row(2L)))
                        .collect(engine)) {
            assertThat(Dataflow.fromTable(one).node())
                    .isEqualTo(Dataflow.fromTable(one).node())
                    .isNotEqualTo(Dataflow.fromTable(other).node());
        }
    }
}
