package io.millrace.dataflow.profile;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shares of rows, made and joined by hand. */
final class Shares {
    private static final LocalEngine ENGINE = LocalEngine.create().threads(1);

    private Shares() {}

    /** The profile of one column of these values. */
    static Profile profile(String column, List<? extends @Nullable Object> values) {
        return profile(column, values, List.of(), ProfileOptions.defaults());
    }

    /** The profile of one column, its rows dealt to shares that end at {@code cuts}, written, read and joined. */
    static Profile profile(
            String column, List<? extends @Nullable Object> values, List<Integer> cuts, ProfileOptions options) {
        ProfileReduction reduction = ProfileReduction.of(options);
        ProfileShare whole = null;
        int start = 0;
        for (int i = 0; i <= cuts.size(); i++) {
            int end = i == cuts.size() ? values.size() : Math.max(start, Math.min(values.size(), cuts.get(i)));
            ProfileShare share = share(column, values.subList(start, end), reduction);
            if (whole == null) {
                whole = share;
            } else {
                whole.join(share);
            }
            start = end;
        }
        return reduction.value(java.util.Objects.requireNonNull(whole), ReadReport.empty());
    }

    private static ProfileShare share(
            String column, List<? extends @Nullable Object> values, ProfileReduction reduction) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(Rows.row(value));
        }
        Dataflow dataflow = Rows.rows(column).ofRows(rows);
        try (Table table = dataflow.collect(ENGINE)) {
            ProfileShare share = reduction.share(table.schema());
            table.batches().forEach(share::add);
            return ProfileReduction.read(reduction.settings()).share(table.schema(), share.toBytes());
        }
    }
}
