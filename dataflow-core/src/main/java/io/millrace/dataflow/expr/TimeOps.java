package io.millrace.dataflow.expr;

/** Operations on dates and timestamps. Each gives null for null. The parts of a timestamp are those in UTC. */
public final class TimeOps {
    private final Expr input;

    TimeOps(Expr input) {
        this.input = input;
    }

    /** The year, an int64. */
    public Expr year() {
        return Expr.call("year", input);
    }

    /** The month, 1 to 12. */
    public Expr month() {
        return Expr.call("month", input);
    }

    /** The day of the month, 1 to 31. */
    public Expr day() {
        return Expr.call("day", input);
    }

    /** The day of the week, Monday 1 to Sunday 7, as in ISO 8601. */
    public Expr dayOfWeek() {
        return Expr.call("day_of_week", input);
    }

    /** The hour, 0 to 23; 0 for a date. */
    public Expr hour() {
        return Expr.call("hour", input);
    }

    /** The whole days from this until {@code end}, negative when {@code end} is earlier. */
    public Expr daysUntil(Object end) {
        return Expr.call("days_between", input, end);
    }
}
