package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.table.Cells;
import java.time.Instant;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class CellValuesTest {
    @Test
    void timestampsCenturiesAwayKeepTheirMicroseconds() {
        List<Instant> instants = List.of(
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("1583-10-15T23:59:59.999999Z"),
                Instant.parse("1969-12-31T23:59:59.000001Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"));

        try (BufferAllocator allocator = new RootAllocator();
                Cells cells = CellValues.of(TIMESTAMP, instants, allocator)) {
            for (int row = 0; row < instants.size(); row++) {
                assertThat(cells.value(row)).isEqualTo(instants.get(row));
            }
        }
    }
}
