package io.millrace.dataflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrorCount;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadReportsTest {
    private static final Rejection REJECTION = new Rejection(
            new Rejection.Place("a.csv", 3, 4, 17, 20), Rejection.Code.CAST, Optional.of("n"), "it is no int64", "1.5");

    private static final List<CellErrorCount> CELLS = List.of(new CellErrorCount("n", CellError.Code.CAST, 3));

    @Test
    void splitsAreAddedUp() {
        ReadReports reports = new ReadReports();
        reports.add(new ReadReports.Part(1, new ReadReport(5, 5, 0, List.of())));
        reports.add(new ReadReports.Part(0, new ReadReport(3, 2, 1, List.of(REJECTION), CELLS)));

        assertThat(reports.value()).isEqualTo(new ReadReport(8, 7, 1, List.of(REJECTION), CELLS));
    }

    @Test
    void aSplitThatIsReadAgainCountsOnce() {
        ReadReports first = new ReadReports();
        first.add(new ReadReports.Part(0, new ReadReport(5, 5, 0, List.of())));
        ReadReports again = new ReadReports();
        again.add(new ReadReports.Part(0, new ReadReport(2, 2, 0, List.of())));
        again.add(new ReadReports.Part(1, new ReadReport(1, 1, 0, List.of())));

        first.merge(again);

        assertThat(first.value()).isEqualTo(new ReadReport(6, 6, 0, List.of()));
    }

    @Test
    void aCopyThatIsResetIsZero() {
        ReadReports reports = new ReadReports();
        reports.add(new ReadReports.Part(0, new ReadReport(5, 5, 0, List.of())));

        assertThat(reports.copyAndReset().isZero()).isTrue();
        assertThat(reports.isZero()).isFalse();
    }
}
