package io.millrace.dataflow.profile;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Cells;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * A column of numbers, of times or of bool. The key of a value is its 64 bits; of a decimal that needs more, a hash.
 */
final class NumberShare extends ColumnShare {
    /** The most digits of decimals whose unscaled value is a long. */
    private static final int DIGITS_OF_LONG = 18;

    private final boolean isReal;
    private final boolean isWide;
    /** Whether the column has quantiles and a histogram. */
    private final boolean isRanked;

    private long zeros;
    private long negatives;
    private long nans;
    private long infinities;
    private boolean hasRange;
    private long smallest;
    private long largest;
    private BigDecimal smallestWide = BigDecimal.ZERO;
    private BigDecimal largestWide = BigDecimal.ZERO;
    private MomentSums moments = new MomentSums();
    private QuantileSketch quantiles = new QuantileSketch();

    NumberShare(Schema.Field field, ShareSettings settings) {
        super(field, settings);
        this.isReal = type instanceof DataType.Float64;
        this.isWide = type instanceof DataType.Decimal decimal && decimal.precision() > DIGITS_OF_LONG;
        this.isRanked = !(type instanceof DataType.Bool);
    }

    @Override
    boolean hasTexts() {
        return isWide;
    }

    @Override
    int unpack(Cells cells, Scratch scratch) {
        int size = cells.size();
        load(cells, scratch);
        long[] keys = scratch.keys;
        int count = 0;
        for (int row = 0; row < size; row++) {
            if (!scratch.has(row)) {
                keys[row] = Hash.NULL;
                scratch.numbers[row] = Double.NaN;
                continue;
            }
            double number = scratch.numbers[row];
            scratch.rows[count] = row;
            scratch.valueKeys[count] = keys[row];
            scratch.valueNumbers[count++] = number;
            zeros += number == 0 ? 1 : 0;
            negatives += number < 0 ? 1 : 0;
        }
        range(cells, scratch, count);
        return count;
    }

    /** Fills keys and numbers of all rows that have values. */
    private void load(Cells cells, Scratch scratch) {
        FieldVector vector = cells.values();
        int size = cells.size();
        long[] keys = scratch.keys;
        double[] numbers = scratch.numbers;
        if (isReal) {
            scratch.load(vector.getDataBuffer(), 0, size * Long.BYTES);
            for (int row = 0; row < size; row++) {
                // Adding zero turns -0.0 into 0.0; doubleToLongBits makes all NaN one.
                double number = Double.longBitsToDouble(scratch.longAt(row)) + 0.0;
                keys[row] = Double.doubleToLongBits(number);
                numbers[row] = number;
            }
        } else if (vector instanceof DecimalVector decimals) {
            loadDecimals(decimals, scratch, size);
        } else if (vector instanceof BitVector bits) {
            for (int row = 0; row < size; row++) {
                keys[row] = scratch.has(row) ? bits.get(row) : 0;
                numbers[row] = keys[row];
            }
        } else if (type instanceof DataType.Date) {
            scratch.load(vector.getDataBuffer(), 0, size * Integer.BYTES);
            for (int row = 0; row < size; row++) {
                keys[row] = scratch.intAt(row);
                numbers[row] = keys[row];
            }
        } else {
            scratch.load(vector.getDataBuffer(), 0, size * Long.BYTES);
            for (int row = 0; row < size; row++) {
                keys[row] = scratch.longAt(row);
                numbers[row] = keys[row];
            }
        }
    }

    private void loadDecimals(DecimalVector decimals, Scratch scratch, int size) {
        scratch.load(decimals.getDataBuffer(), 0, size * DecimalVector.TYPE_WIDTH);
        double divisor = Math.pow(10, decimals.getScale());
        for (int row = 0; row < size; row++) {
            if (isWide) {
                scratch.keys[row] = Hash.of(scratch.bytes, row * DecimalVector.TYPE_WIDTH, DecimalVector.TYPE_WIDTH);
                scratch.numbers[row] =
                        scratch.has(row) ? decimals.getObjectNotNull(row).doubleValue() : Double.NaN;
            } else {
                long unscaled = scratch.longAt(2 * row);
                scratch.keys[row] = unscaled;
                // Of two numbers that a double holds, the quotient is the nearest double; others go the exact way.
                scratch.numbers[row] = Math.abs(unscaled) <= 1L << 53
                        ? unscaled / divisor
                        : BigDecimal.valueOf(unscaled, decimals.getScale()).doubleValue();
            }
        }
    }

    private void range(Cells cells, Scratch scratch, int count) {
        if (isReal) {
            for (int i = 0; i < count; i++) {
                double number = scratch.valueNumbers[i];
                if (Double.isNaN(number)) {
                    nans++;
                    continue;
                }
                infinities += Double.isInfinite(number) ? 1 : 0;
                extend(number, scratch.valueKeys[i]);
            }
        } else if (isWide) {
            for (int i = 0; i < count; i++) {
                BigDecimal value = ((DecimalVector) cells.values()).getObjectNotNull(scratch.rows[i]);
                smallestWide = hasRange ? smallestWide.min(value) : value;
                largestWide = hasRange ? largestWide.max(value) : value;
                hasRange = true;
            }
        } else if (count > 0) {
            long low = hasRange ? smallest : scratch.valueKeys[0];
            long high = hasRange ? largest : scratch.valueKeys[0];
            for (int i = 0; i < count; i++) {
                low = Math.min(low, scratch.valueKeys[i]);
                high = Math.max(high, scratch.valueKeys[i]);
            }
            smallest = low;
            largest = high;
            hasRange = true;
        }
    }

    private void extend(double number, long key) {
        if (!hasRange) {
            smallest = key;
            largest = key;
            hasRange = true;
        } else if (number < Double.longBitsToDouble(smallest)) {
            smallest = key;
        } else if (number > Double.longBitsToDouble(largest)) {
            largest = key;
        }
    }

    @Override
    byte[] text(Cells cells, Scratch scratch, int row) {
        return ((DecimalVector) cells.values())
                .getObjectNotNull(row)
                .toPlainString()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    Object value(long key, byte[] text) {
        if (isWide) {
            return new BigDecimal(new String(text, StandardCharsets.UTF_8));
        }
        if (type instanceof DataType.Decimal decimal) {
            return BigDecimal.valueOf(key, decimal.scale());
        }
        if (isReal) {
            return Double.longBitsToDouble(key);
        }
        if (type instanceof DataType.Bool) {
            return key != 0;
        }
        if (type instanceof DataType.Date) {
            return LocalDate.ofEpochDay(key);
        }
        return type instanceof DataType.Timestamp ? Instant.EPOCH.plus(key, ChronoUnit.MICROS) : (Object) key;
    }

    private double number(long key, byte[] text) {
        if (type instanceof DataType.Decimal) {
            return ((BigDecimal) value(key, text)).doubleValue();
        }
        return isReal ? Double.longBitsToDouble(key) : key;
    }

    @Override
    long empty() {
        return 0;
    }

    @Override
    void sketchMore(Scratch scratch, int count) {
        if (!isRanked) {
            return;
        }
        double[] finite = scratch.valueNumbers;
        int finiteCount = count;
        if (isReal) {
            finite = scratch.finite;
            finiteCount = 0;
            for (int i = 0; i < count; i++) {
                double number = scratch.valueNumbers[i];
                if (Double.isFinite(number)) {
                    finite[finiteCount++] = number;
                }
            }
        }
        if (type.isNumeric()) {
            moments.add(finite, finiteCount);
        }
        quantiles.add(finite, finiteCount);
    }

    @Override
    void sketchMore(ValueTable counted) {
        Ranked ranked = ranked(counted);
        if (isRanked) {
            moments.add(ranked.values(), ranked.weights(), ranked.values().length);
            quantiles.add(ranked.values(), ranked.weights(), ranked.values().length);
        }
    }

    /** The finite values of a table in order. */
    private Ranked ranked(ValueTable counted) {
        double[] values = new double[counted.size()];
        long[] weights = new long[counted.size()];
        int[] size = new int[1];
        Map<Double, Long> byNumber = new TreeMap<>();
        counted.forEach((key, text, count) -> {
            double number = number(key, text);
            if (Double.isFinite(number)) {
                byNumber.merge(number, count, Long::sum);
            }
        });
        byNumber.forEach((number, count) -> {
            values[size[0]] = number;
            weights[size[0]++] = count;
        });
        return new Ranked(Arrays.copyOf(values, size[0]), Arrays.copyOf(weights, size[0]), Precision.EXACT);
    }

    @Override
    ColumnProfile profile(@Nullable ValueTable counted, Common common) {
        Ranked ranked = counted != null
                ? ranked(counted)
                : quantiles.count() > 0 ? quantiles.ranked() : new Ranked(new double[0], new long[0], Precision.EXACT);
        MomentSums sums = moments;
        if (ranked.precision() == Precision.EXACT) {
            // From values in order, so that the last digit does not depend on how rows were dealt to shares.
            sums = new MomentSums();
            sums.add(ranked.values(), ranked.weights(), ranked.values().length);
        }
        boolean hasRanks = isRanked && ranked.values().length > 0;
        Map<String, Long> typeCounts = new LinkedHashMap<>();
        if (common.counts().values() > 0) {
            typeCounts.put(type.toString(), common.counts().values());
        }
        addAbsent(typeCounts);
        return new ColumnProfile(
                name,
                type,
                common.counts(),
                common.distinct(),
                hasRange ? Optional.of(isWide ? smallestWide : value(smallest, new byte[0])) : Optional.empty(),
                hasRange ? Optional.of(isWide ? largestWide : value(largest, new byte[0])) : Optional.empty(),
                type.isNumeric() ? Optional.of(sums.moments(zeros, negatives, nans, infinities)) : Optional.empty(),
                hasRanks ? Optional.of(ranked.summary()) : Optional.empty(),
                hasRanks ? Optional.of(ranked.histogram(common.bins())) : Optional.empty(),
                common.values(),
                common.top(),
                Optional.empty(),
                typeCounts,
                Map.of(),
                List.of());
    }

    @Override
    void joinAlways(ColumnShare share) {
        NumberShare other = (NumberShare) share;
        zeros += other.zeros;
        negatives += other.negatives;
        nans += other.nans;
        infinities += other.infinities;
        if (!other.hasRange) {
            return;
        }
        if (!hasRange) {
            smallest = other.smallest;
            largest = other.largest;
            smallestWide = other.smallestWide;
            largestWide = other.largestWide;
            hasRange = true;
        } else if (isReal) {
            extend(Double.longBitsToDouble(other.smallest), other.smallest);
            extend(Double.longBitsToDouble(other.largest), other.largest);
        } else {
            smallest = Math.min(smallest, other.smallest);
            largest = Math.max(largest, other.largest);
            smallestWide = smallestWide.min(other.smallestWide);
            largestWide = largestWide.max(other.largestWide);
        }
    }

    @Override
    void joinSketches(ColumnShare share) {
        NumberShare other = (NumberShare) share;
        moments.join(other.moments);
        quantiles.join(other.quantiles);
    }

    @Override
    void writeAlways(ShareWriter out) {
        out.putLong(zeros);
        out.putLong(negatives);
        out.putLong(nans);
        out.putLong(infinities);
        out.putFlag(hasRange);
        out.putLong(smallest);
        out.putLong(largest);
        if (isWide) {
            out.putBytes(smallestWide.toString().getBytes(StandardCharsets.UTF_8));
            out.putBytes(largestWide.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    void readAlways(ShareReader in) {
        zeros = in.readLong();
        negatives = in.readLong();
        nans = in.readLong();
        infinities = in.readLong();
        hasRange = in.readFlag();
        smallest = in.readLong();
        largest = in.readLong();
        if (isWide) {
            smallestWide = new BigDecimal(new String(in.readBytes(), StandardCharsets.UTF_8));
            largestWide = new BigDecimal(new String(in.readBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    void writeSketches(ShareWriter out) {
        moments.write(out);
        quantiles.write(out);
    }

    @Override
    void readSketches(ShareReader in) {
        moments = MomentSums.read(in);
        quantiles = QuantileSketch.read(in);
    }
}
