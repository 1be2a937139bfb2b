package io.millrace.dataflow.kernel;

import io.millrace.dataflow.expr.Bytes;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.vector.Float8Vector;

/** Functions that hold a table of constants, which is read once, when the kernel is made. */
final class Tables {
    private Tables() {}

    static Kernel lookUp(TypedExpr.Call call) {
        Map<Object, Object> values = new HashMap<>();
        for (int i = 1; i < call.arguments().size(); i += 2) {
            values.put(comparable(Constants.value(call, i)), Constants.value(call, i + 1));
        }
        DataType result = call.type();
        return (arguments, target) -> {
            for (int row = 0; row < arguments.rows(); row++) {
                Object key = ArrowTypes.value(arguments.type(0), arguments.vector(0), arguments.row(0, row));
                Object value = key == null ? null : values.get(comparable(key));
                if (value != null) {
                    CellValues.write(result, target, row, value);
                }
            }
            return arguments.errors();
        };
    }

    static Kernel interpolate(TypedExpr.Call call) {
        int points = call.arguments().size() / 2;
        double[] places = new double[points];
        double[] heights = new double[points];
        for (int i = 0; i < points; i++) {
            places[i] = (Double) Constants.value(call, 2 * i + 1);
            heights[i] = (Double) Constants.value(call, 2 * i + 2);
        }
        return (arguments, target) -> {
            for (int row = 0; row < arguments.rows(); row++) {
                if (!arguments.isAbsent(0, row)) {
                    ((Float8Vector) target).set(row, height(places, heights, arguments.float64(0, row)));
                }
            }
            return arguments.errors();
        };
    }

    /** Rises and falls only as the heights do: every operation rounds in one direction for all places of a stretch. */
    static double height(double[] places, double[] heights, double place) {
        int last = places.length - 1;
        if (Double.isNaN(place)) {
            return place;
        }
        if (place <= places[0]) {
            return heights[0];
        }
        if (place >= places[last]) {
            return heights[last];
        }
        int found = Arrays.binarySearch(places, place);
        if (found >= 0) {
            return heights[found];
        }
        int right = -found - 1;
        int left = right - 1;
        double width = places[right] - places[left];
        double share = Double.isInfinite(width)
                ? (place / 2 - places[left] / 2) / (places[right] / 2 - places[left] / 2)
                : (place - places[left]) / width;
        double rise = heights[right] - heights[left];
        double height = Double.isInfinite(rise)
                ? heights[left] * (1 - share) + heights[right] * share
                : heights[left] + rise * share;
        double low = Math.min(heights[left], heights[right]);
        double high = Math.max(heights[left], heights[right]);
        return Math.max(low, Math.min(high, height));
    }

    /** A key that equals those it should: -0.0 is 0.0, and decimals are equal whatever their scale. */
    private static Object comparable(Object key) {
        if (key instanceof Double number) {
            return number + 0.0;
        }
        if (key instanceof byte[] bytes) {
            return Bytes.of(bytes);
        }
        return key instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : key;
    }
}
