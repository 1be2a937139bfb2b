package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/** Functions that make one value of the elements of a list, and lists of one value. */
final class ListValues {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    private ListValues() {}

    static Kernel join(TypedExpr.Call call) {
        DataType element = ((DataType.ListOf) call.arguments().get(0).type()).element();
        return RowByRow.of("list_join", (arguments, row, target) -> {
            ListVector list = (ListVector) arguments.vector(0);
            FieldVector elements = list.getDataVector();
            int i = arguments.row(0, row);
            String separator = text(arguments, 1, row);
            StringBuilder joined = new StringBuilder();
            boolean first = true;
            for (int at = list.getElementStartIndex(i); at < list.getElementEndIndex(i); at++) {
                if (!elements.isNull(at)) {
                    joined.append(first ? "" : separator).append(CellText.format(element, elements, at));
                    first = false;
                }
            }
            ((VarCharVector) target).setSafe(row, joined.toString().getBytes(StandardCharsets.UTF_8));
            return null;
        });
    }

    /** Of whole numbers and decimals exact, whatever the order; of float64 from the first to the last. */
    static Kernel sum(TypedExpr.Call call) {
        DataType result = call.type();
        return RowByRow.of("list_sum", (arguments, row, target) -> {
            ListVector list = (ListVector) arguments.vector(0);
            int first = list.getElementStartIndex(arguments.row(0, row));
            int end = list.getElementEndIndex(arguments.row(0, row));
            if (result instanceof DataType.Float64) {
                sumDoubles((Float8Vector) list.getDataVector(), first, end, (Float8Vector) target, row);
                return null;
            }
            BigDecimal sum = null;
            for (int i = first; i < end; i++) {
                if (!list.getDataVector().isNull(i)) {
                    BigDecimal value = exact(list.getDataVector(), i);
                    sum = sum == null ? value : sum.add(value);
                }
            }
            return sum == null ? null : write(sum, result, target, row);
        });
    }

    private static void sumDoubles(Float8Vector elements, int first, int end, Float8Vector target, int row) {
        double sum = 0;
        boolean some = false;
        for (int i = first; i < end; i++) {
            if (!elements.isNull(i)) {
                sum += elements.get(i);
                some = true;
            }
        }
        if (some) {
            target.setSafe(row, sum);
        }
    }

    private static BigDecimal exact(FieldVector elements, int i) {
        return elements instanceof BigIntVector whole
                ? BigDecimal.valueOf(whole.get(i))
                : ((DecimalVector) elements).getObjectNotNull(i);
    }

    private static @Nullable Code write(BigDecimal sum, DataType type, FieldVector target, int row) {
        if (target instanceof BigIntVector whole) {
            BigInteger exact = sum.toBigIntegerExact();
            if (exact.compareTo(LEAST) < 0 || exact.compareTo(MOST) > 0) {
                return Code.OVERFLOW;
            }
            whole.setSafe(row, exact.longValueExact());
            return null;
        }
        if (sum.precision() > ((DataType.Decimal) type).precision()) {
            return Code.OVERFLOW;
        }
        ((DecimalVector) target).setSafe(row, sum);
        return null;
    }

    static Kernel split() {
        return RowByRow.ofText((arguments, row, target) -> {
            String text = text(arguments, 0, row);
            String separator = text(arguments, 1, row);
            ListVector list = (ListVector) target;
            VarCharVector pieces = (VarCharVector) list.getDataVector();
            int start = list.startNewValue(row);
            int count = 0;
            int from = 0;
            for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
                pieces.setSafe(start + count++, text.substring(from, at).getBytes(StandardCharsets.UTF_8));
                from = at + separator.length();
            }
            pieces.setSafe(start + count++, text.substring(from).getBytes(StandardCharsets.UTF_8));
            list.endValue(row, count);
            return null;
        });
    }

    private static String text(Arguments arguments, int argument, int row) {
        byte[] bytes = ((VarCharVector) arguments.vector(argument)).get(arguments.row(argument, row));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
