package io.millrace.dataflow.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many cells of a column that were read are error values of a code.
 *
 * @param column the column
 * @param code what is wrong
 * @param count how many cells, at least 1
 */
public record CellErrorCount(String column, CellError.Code code, long count) {
    private static final Comparator<CellErrorCount> ORDER = Comparator.comparing(CellErrorCount::column)
            .thenComparing(counted -> counted.code().name());

    public CellErrorCount {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(code, "code");
        if (count < 1) {
            throw new IllegalArgumentException("no cell, so not counted: " + count);
        }
    }

    /** The counts of the error values of a batch, by column and then by code. */
    public static List<CellErrorCount> of(Batch batch) {
        List<CellErrorCount> counts = List.of();
        for (int column = 0; column < batch.columns().size(); column++) {
            CellErrors errors = batch.cells(column).errors();
            if (!errors.isEmpty()) {
                Map<CellError.Code, Long> byCode = new LinkedHashMap<>();
                for (int i = 0; i < errors.size(); i++) {
                    byCode.merge(errors.error(i).code(), 1L, Long::sum);
                }
                String name = batch.schema().field(column).name();
                List<CellErrorCount> ofColumn = new ArrayList<>();
                byCode.forEach((code, count) -> ofColumn.add(new CellErrorCount(name, code, count)));
                counts = sum(counts, ofColumn);
            }
        }
        return counts;
    }

    /** The counts of both, by column and then by code. */
    public static List<CellErrorCount> sum(List<CellErrorCount> some, List<CellErrorCount> others) {
        if (others.isEmpty()) {
            return some;
        }
        Map<List<Object>, Long> sums = new LinkedHashMap<>();
        for (List<CellErrorCount> counts : List.of(some, others)) {
            for (CellErrorCount counted : counts) {
                sums.merge(List.of(counted.column, counted.code), counted.count, Long::sum);
            }
        }
        List<CellErrorCount> sorted = new ArrayList<>();
        sums.forEach((key, count) ->
                sorted.add(new CellErrorCount((String) key.get(0), (CellError.Code) key.get(1), count)));
        sorted.sort(ORDER);
        return List.copyOf(sorted);
    }
}
