package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.table.CellError;
import java.util.List;

/**
 * Where the cells of a read come from, for their errors and the positions of their rows.
 *
 * @param files the names of the files of the scan
 * @param ordinal which of them is read
 * @param step the text of the step
 */
public record CellOrigin(List<String> files, int ordinal, String step) {
    public CellOrigin {
        files = List.copyOf(files);
    }

    CellError error(CellError.Code code, String text, long record) {
        return new CellError(code, text, files.get(ordinal), record, step);
    }
}
