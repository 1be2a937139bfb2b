package io.millrace.dataflow.profile;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is known of some rows. */
public final class ProfileShare implements Reduction.Share<ProfileShare> {
    private final List<ColumnShare> columns = new ArrayList<>();
    /** The first numeric columns, which are in correlations; by position. */
    private final List<Integer> correlated = new ArrayList<>();

    private final Scratch scratch = new Scratch();
    private final CorrelationSums correlations;
    private final double[][] numbers;
    private int numericColumns;
    private long rows;
    private DistinctCounter distinctRows = new DistinctCounter(ShareSettings.DISTINCT_ROWS);
    private long[] rowHashes = new long[0];

    ProfileShare(Schema schema, ProfileOptions options) {
        ShareSettings settings = ShareSettings.of(schema, options);
        for (Schema.Field field : schema.fields()) {
            if (field.type().isNumeric()) {
                if (numericColumns++ < Profile.MOST_CORRELATED) {
                    correlated.add(columns.size());
                }
            }
            columns.add(ColumnShare.of(field, settings));
        }
        correlations = new CorrelationSums(correlated.size());
        numbers = new double[correlated.size()][];
        Arrays.fill(numbers, new double[0]);
    }

    ProfileShare(Schema schema, ProfileOptions options, byte[] bytes) {
        this(schema, options);
        ShareReader in = new ShareReader(bytes);
        rows = in.readLong();
        distinctRows = DistinctCounter.read(in, ShareSettings.DISTINCT_ROWS);
        correlations.read(in);
        columns.forEach(column -> column.read(in));
    }

    @Override
    public void add(Batch batch) {
        int size = batch.rowCount();
        rows += size;
        if (rowHashes.length < size) {
            rowHashes = new long[size];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = new double[size];
            }
        }
        Arrays.fill(rowHashes, 0, size, 0);
        int nextCorrelated = 0;
        for (int column = 0; column < columns.size(); column++) {
            columns.get(column).add(batch.cells(column), scratch);
            for (int row = 0; row < size; row++) {
                rowHashes[row] = Hash.join(rowHashes[row], scratch.keys[row]);
            }
            if (nextCorrelated < correlated.size() && correlated.get(nextCorrelated) == column) {
                System.arraycopy(scratch.numbers, 0, numbers[nextCorrelated], 0, size);
                nextCorrelated++;
            }
        }
        correlations.add(numbers, size);
        distinctRows.add(rowHashes, size);
    }

    @Override
    public void join(ProfileShare other) {
        rows += other.rows;
        distinctRows.join(other.distinctRows);
        correlations.join(other.correlations);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).join(other.columns.get(i));
        }
    }

    @Override
    public byte[] toBytes() {
        ShareWriter out = new ShareWriter();
        out.putLong(rows);
        distinctRows.write(out);
        correlations.write(out);
        columns.forEach(column -> column.write(out));
        return out.toBytes();
    }

    /** The profile of all rows. */
    Profile profile(ProfileOptions options, ReadReport report) {
        List<ColumnProfile> profiles = new ArrayList<>();
        columns.forEach(column -> profiles.add(column.profile(options.bins())));
        List<String> names = new ArrayList<>();
        boolean[] isConstant = new boolean[correlated.size()];
        for (int i = 0; i < isConstant.length; i++) {
            ColumnProfile column = profiles.get(correlated.get(i));
            names.add(column.name());
            isConstant[i] = column.distinct().value() < 2;
        }
        return AlertRules.apply(new Profile(
                rows,
                report.rejected(),
                profiles,
                duplicates(),
                correlations.correlations(names, isConstant),
                numericColumns - correlated.size(),
                List.of()));
    }

    private Count duplicates() {
        Count distinct = distinctRows.count(rows);
        if (distinct.isExact()) {
            return Count.exact(rows - distinct.value());
        }
        // An estimate that is off by its own error must not make duplicates of different rows.
        return Count.estimated(distinctRows.mayBe(rows) ? 0 : rows - distinct.value());
    }
}
