package io.millrace.dataflow.csv.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.csv.detect.PollutedTable.Form;
import io.millrace.dataflow.csv.detect.PollutedTable.Pollution;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** One thing that is wrong with a file changes neither its dialect nor the rows that nothing is wrong with. */
class PollutedFilesTest {
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|", " ", ", ", "||");
    private static final List<Character> QUOTES = List.of('"', '\'', '\0');
    private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\r");
    private static final LocalEngine ENGINE = LocalEngine.create();

    @AfterContainer
    static void close() {
        ENGINE.close();
    }

    @Property(seed = "2718", tries = 400)
    void onePollutionFlipsNothing(
            @ForAll Pollution pollution,
            @ForAll @IntRange(max = 6) int delimiter,
            @ForAll @IntRange(max = 2) int quote,
            @ForAll @IntRange(max = 2) int lineEnd,
            @ForAll boolean quotesAll,
            @ForAll @LongRange(min = 1, max = 1_000_000) long seed)
            throws IOException {
        // A record between spaces in which something else stands has spaces in its texts.
        Assume.that(pollution != Pollution.OTHER_DELIMITER_IN_A_ROW
                || !DELIMITERS.get(delimiter).equals(" "));
        Form form = new Form(DELIMITERS.get(delimiter), QUOTES.get(quote), quotesAll, LINE_ENDS.get(lineEnd));
        PollutedTable table = PollutedTable.of(form, pollution, 84, seed);
        Path file = Files.writeString(Files.createTempFile("polluted", ".csv"), table.text());
        try {
            CsvDetection detection = Dataflow.detectCsv(file.toString(), ENGINE);

            assertThat(detection.options().delimiter()).isEqualTo(table.delimiter());
            if (table.quote() != 0 && table.text().indexOf(table.quote()) >= 0) {
                assertThat(detection.options().quote()).isEqualTo(Optional.of(table.quote()));
            }
            try (Table read = Dataflow.read(file.toString(), detection.options().allText())
                    .collect(ENGINE)) {
                if (!table.names().isEmpty()) {
                    assertThat(read.schema().names()).isEqualTo(table.names());
                }
                assertThat(rows(read)).containsSubsequence(table.clean());
            }
        } finally {
            Files.delete(file);
        }
    }

    private static List<List<String>> rows(Table table) {
        List<List<String>> rows = new ArrayList<>();
        for (Batch batch : table.batches()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                List<String> cells = new ArrayList<>();
                for (int column = 0; column < batch.schema().size(); column++) {
                    Object value = batch.cells(column).value(row);
                    cells.add(value == null ? "" : value.toString());
                }
                rows.add(cells);
            }
        }
        return rows;
    }
}
