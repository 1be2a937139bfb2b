package io.millrace.dataflow.local;

import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.profile.ProfileOptions;
import io.millrace.dataflow.profile.ProfileReduction;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Reduction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalReductionTest {
    private final LocalEngine engine = LocalEngine.create().threads(3);

    @AfterEach
    void nothingStaysAllocatedAndNoThreadGoesOn() {
        assertThat(engine.memoryHeld()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(Thread::isAlive)
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("millrace-lane"));
    }

    @Test
    void theLanesTogetherSeeEveryRowOnce() {
        assertThat(reduce(new Numbers(-1), Cancellation.create())).isEqualTo(99_999L * 100_000 / 2);
    }

    @Test
    void equalRunsGiveEqualEstimates() {
        ProfileReduction reduction = ProfileReduction.of(ProfileOptions.defaults());
        String first = engine.reduce(numbers().plan(engine), reduction, Cancellation.create())
                .toJson();

        assertThat(engine.reduce(numbers().plan(engine), reduction, Cancellation.create())
                        .toJson())
                .isEqualTo(first)
                .contains("estimated");
    }

    @Test
    void theFailureOfALaneIsTheFailureOfTheRun() {
        assertThatThrownBy(() -> reduce(new Numbers(50_000), Cancellation.create()))
                .isInstanceOf(DataflowException.class)
                .hasMessage("INVALID_ARGUMENT: Cannot add 50000");
    }

    @Test
    void aCancelledReductionEnds() {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel("asked to");

        assertThatThrownBy(() -> reduce(new Numbers(-1), cancellation)).hasMessage("CANCELLED: Cannot go on: asked to");
    }

    private long reduce(Numbers reduction, Cancellation cancellation) {
        return engine.reduce(numbers().plan(engine), reduction, cancellation);
    }

    private static Dataflow numbers() {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            all.add(row(i));
        }
        return rows("n: int64").ofRows(all);
    }

    /** The sum of a column, which fails at one number. */
    private record Numbers(long fatal) implements Reduction<Sum, Long> {
        @Override
        public String name() {
            return "sum";
        }

        @Override
        public String settings() {
            return Long.toString(fatal);
        }

        @Override
        public Sum share(Schema schema) {
            return new Sum(fatal);
        }

        @Override
        public Sum share(Schema schema, byte[] bytes) {
            Sum share = share(schema);
            share.sum = bytes[0];
            return share;
        }

        @Override
        public Long value(Sum whole, ReadReport report) {
            return whole.sum;
        }
    }

    private static final class Sum implements Reduction.Share<Sum> {
        private final long fatal;
        private long sum;

        Sum(long fatal) {
            this.fatal = fatal;
        }

        @Override
        public void add(Batch batch) {
            for (int row = 0; row < batch.rowCount(); row++) {
                Object value = batch.cells(0).value(row);
                if (value == null || value.equals(fatal)) {
                    throw DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot add " + value);
                }
                sum += (Long) value;
            }
        }

        @Override
        public void join(Sum other) {
            sum += other.sum;
        }

        @Override
        public byte[] toBytes() {
            return new byte[] {(byte) sum};
        }
    }
}
