package io.millrace.dataflow.kernel;

import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Positions;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/**
 * A random number for each row, made of the seed and what tells the row apart: of its position when the seed is the only
 * argument, of the other arguments otherwise. The numbers are part of what a saved plan means; they never change.
 */
final class RowRandom implements Kernel {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long NULL = 0x6E756C6CL;
    private static final long ERROR = 0x6572726F72L;

    @Override
    public CellErrors fill(Arguments arguments, FieldVector target) {
        Float8Vector result = (Float8Vector) target;
        long seed = mixed(((BigIntVector) arguments.vector(0)).get(0) + GOLDEN);
        if (arguments.size() > 1) {
            for (int row = 0; row < arguments.rows(); row++) {
                result.set(row, fraction(content(arguments, row, seed)));
            }
        } else if (arguments.rows() > 0) {
            fill(arguments.positions(), seed, result);
        }
        return CellErrors.none();
    }

    private static void fill(Positions positions, long seed, Float8Vector result) {
        int ordinal = -1;
        long file = 0;
        for (int row = 0; row < positions.size(); row++) {
            if (positions.ordinal(row) != ordinal) {
                ordinal = positions.ordinal(row);
                file = mixed(seed ^ hash(positions.file(row)));
            }
            result.set(row, fraction(mixed(file + positions.record(row) * GOLDEN)));
        }
    }

    private static long content(Arguments arguments, int row, long seed) {
        long hash = seed;
        for (int argument = 1; argument < arguments.size(); argument++) {
            hash = mixed(hash * 31 + cell(arguments, argument, row));
        }
        return hash;
    }

    private static long cell(Arguments arguments, int argument, int row) {
        if (arguments.isAbsent(argument, row)) {
            return arguments
                    .error(argument, row)
                    .map(error -> ERROR ^ hash(error.text()))
                    .orElse(NULL);
        }
        FieldVector vector = arguments.vector(argument);
        int index = arguments.row(argument, row);
        if (vector instanceof BigIntVector whole) {
            return mixed(whole.get(index) + GOLDEN);
        }
        if (vector instanceof Float8Vector floats) {
            // Adding zero turns -0.0 into 0.0; doubleToLongBits makes all NaN one.
            return mixed(Double.doubleToLongBits(floats.get(index) + 0.0) + GOLDEN);
        }
        return hash(arguments.text(argument, row));
    }

    /** FNV-1a over the bytes of UTF-8, mixed. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
        }
        return mixed(hash);
    }

    /** Every bit of the argument changes half of those of the result: the last step of SplitMix64. */
    private static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static double fraction(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }
}
