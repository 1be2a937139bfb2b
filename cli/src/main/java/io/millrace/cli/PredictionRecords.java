package io.millrace.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes predictions as RFC 4180 records: texts and numbers, none of them null. */
final class PredictionRecords {
    private PredictionRecords() {}

    /** Writes one record. */
    static void write(Writer writer, List<?> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                writer.write(',');
            }
            writer.write(quoted(String.valueOf(cells.get(i))));
        }
        writer.write('\n');
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty()
                && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && !text.startsWith(" ")
                && !text.endsWith(" ");
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
