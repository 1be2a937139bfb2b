package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.SortKey.Direction;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which rows of a partition belong to a row: each is asked whether it is too far before it or after it. */
final class Frames {
    private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

    private final Operator.Window window;
    private final Frame frame;
    private final List<Row> rows;

    Frames(Operator.Window window, Frame frame, List<Row> rows) {
        this.window = window;
        this.frame = frame;
        this.rows = rows;
    }

    List<Row> of(int rank) {
        List<Row> members = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            boolean tooEarly = frame.from().isPresent() && side(i, rank, frame.from()) < 0;
            boolean tooLate = frame.to().isPresent() && side(i, rank, frame.to()) > 0;
            if (!tooEarly && !tooLate) {
                members.add(rows.get(i));
            }
        }
        return members;
    }

    /** On which side of the end at a distance from a row another row lies: -1 before it, 1 after it. */
    private int side(int other, int rank, Optional<BigDecimal> distance) {
        BigDecimal end = distance.orElseThrow();
        if (frame.unit() == Frame.Unit.ROWS) {
            return BigDecimal.valueOf(other - rank).compareTo(end);
        }
        Object key = key(other);
        Object own = key(rank);
        if (key == null || own == null) {
            return key == own ? 0 : Integer.compare(other, rank);
        }
        int sign = window.order().get(0).direction() == Direction.ASCENDING ? 1 : -1;
        if (own instanceof Double number) {
            return sign * Order.compare(key, number + sign * end.doubleValue());
        }
        BigDecimal further = exact(key).subtract(exact(own)).multiply(BigDecimal.valueOf(sign));
        return further.compareTo(end);
    }

    private @Nullable Object key(int rank) {
        Object cell = rows.get(rank).cell(window.order().get(0).index());
        if (cell instanceof Approximate) {
            throw new NotInReference("a frame of approximate numbers");
        }
        return cell instanceof CellError ? null : cell;
    }

    /** A number, or seconds. */
    private static BigDecimal exact(Object key) {
        if (key instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        if (key instanceof LocalDate day) {
            return BigDecimal.valueOf(day.toEpochDay()).multiply(SECONDS_A_DAY);
        }
        if (key instanceof Instant instant) {
            return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
        }
        return (BigDecimal) key;
    }
}
