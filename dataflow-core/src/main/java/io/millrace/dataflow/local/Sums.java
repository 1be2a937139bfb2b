package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
import java.math.BigDecimal;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Sums and means, of {@link Totals}. Whole numbers and decimals are summed exactly, so that only a result beyond the range of its type is
 * an error, whatever the order of the rows; float64 is summed with Neumaier's compensation.
 */
final class Sums {
    private Sums() {}

    /**
     * The sum in the type of the result.
     *
     * @param input the type of the values, where it is known
     */
    static Aggregation sum(DataType type, @Nullable DataType input, Aggregations.Setting setting) {
        return new Sum(type, input, setting);
    }

    /** The mean as float64. */
    static Aggregation mean(@Nullable DataType input, Aggregations.Setting setting) {
        return new Mean(input, setting);
    }

    /** What sums and means have in common. */
    private abstract static class OfTotals extends Aggregation {
        private final Aggregations.Setting setting;
        private final @Nullable DataType input;
        private final Totals totals;

        OfTotals(DataType type, @Nullable DataType input, Aggregations.Setting setting) {
            super(type, setting.memory(), Totals.BYTES_PER_GROUP);
            this.setting = setting;
            this.input = input;
            this.totals = new Totals(setting.rows());
        }

        final Totals totals() {
            return totals;
        }

        final String step() {
            return setting.step();
        }

        @Override
        final void resize(int groups) {
            totals.resize(groups);
        }

        @Override
        final void add(Cells cells, int row, int group) {
            totals.add(cells.values(), row, group);
        }

        @Override
        final void addValues(Cells cells, int[] groups) {
            totals.addAll(cells.values(), groups);
        }

        @Override
        final @Nullable Aggregation lane(RowCounts rows, MemoryReservation memoryOfLane) {
            return input instanceof DataType.Int64
                    ? lane(input, new Aggregations.Setting(setting.step(), memoryOfLane, rows))
                    : null;
        }

        abstract Aggregation lane(DataType whole, Aggregations.Setting ofLane);

        @Override
        final void join(Aggregation lane) {
            totals.join(((OfTotals) lane).totals);
        }
    }

    private static final class Sum extends OfTotals {
        private final DataType type;

        Sum(DataType type, @Nullable DataType input, Aggregations.Setting setting) {
            super(type, input, setting);
            this.type = type;
        }

        @Override
        Aggregation lane(DataType whole, Aggregations.Setting ofLane) {
            return new Sum(type, whole, ofLane);
        }

        @Override
        boolean write(FieldVector target, int row, int group) {
            if (target instanceof BigIntVector wholes && totals().count(group) > 0 && totals().fits(group)) {
                wholes.set(row, totals().low(group));
                return true;
            }
            return totals().writeReal(target, row, group, 1);
        }

        @Override
        @Nullable
        Object value(int group) {
            if (totals().count(group) == 0) {
                return null;
            }
            if (type instanceof DataType.Float64) {
                return totals().real(group);
            }
            BigDecimal sum = totals().exact(group);
            if (type instanceof DataType.Decimal decimal) {
                return sum.precision() <= decimal.precision() ? sum : overflow(sum);
            }
            return sum.toBigInteger().bitLength() < Long.SIZE ? (Object) sum.longValueExact() : overflow(sum);
        }

        private CellError overflow(BigDecimal sum) {
            return new CellError(CellError.Code.OVERFLOW, sum.toPlainString(), "", 0, step());
        }
    }

    private static final class Mean extends OfTotals {
        Mean(@Nullable DataType input, Aggregations.Setting setting) {
            super(DataTypes.FLOAT64, input, setting);
        }

        @Override
        Aggregation lane(DataType whole, Aggregations.Setting ofLane) {
            return new Mean(whole, ofLane);
        }

        @Override
        boolean write(FieldVector target, int row, int group) {
            return totals().writeReal(target, row, group, totals().count(group));
        }

        @Override
        @Nullable
        Object value(int group) {
            long count = totals().count(group);
            return count == 0 ? null : totals().real(group) / count;
        }
    }
}
