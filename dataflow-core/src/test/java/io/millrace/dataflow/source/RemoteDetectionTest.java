package io.millrace.dataflow.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.csv.detect.CsvDetection;
import io.millrace.dataflow.execution.Cancellation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RemoteDetectionTest {
    @Test
    void aRemoteFileIsJudgedFromThreeReadsOfARange() {
        byte[] bytes = ("id;day;town\n" + "1;2024-01-05;Oslo\n".repeat(1 << 17)).getBytes(StandardCharsets.UTF_8);
        try (StubServer server = StubServer.start().always(StubServer.content(bytes, "\"v1\""))) {
            CsvDetection detection = CsvDetection.of(
                    Source.of(server.url("/account/container/data.csv")),
                    SourceAccess.with(Credentials.none()),
                    Cancellation.create());

            assertThat(detection.options()).isEqualTo(CsvOptions.defaults().delimiter(';'));
            int middle = (bytes.length - 65_536) / 2 / 4 * 4;
            int end = (bytes.length - 65_536) / 4 * 4;
            assertThat(server.ranges())
                    .containsExactly(
                            "bytes=0-262143",
                            "bytes=" + middle + "-" + (middle + 65_535),
                            "bytes=" + end + "-" + (bytes.length - 1));
        }
    }
}
