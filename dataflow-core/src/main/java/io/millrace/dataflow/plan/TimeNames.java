package io.millrace.dataflow.plan;

import java.time.temporal.ChronoField;

/** English names of months, days and halves of the day, whatever the machine's locale. */
final class TimeNames {
    static final TimeField SHORT_MONTH = TimeField.Name.of(
            ChronoField.MONTH_OF_YEAR,
            1,
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec");
    static final TimeField MONTH = TimeField.Name.of(
            ChronoField.MONTH_OF_YEAR,
            1,
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    static final TimeField SHORT_DAY =
            TimeField.Name.of(ChronoField.DAY_OF_WEEK, 1, "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    static final TimeField DAY = TimeField.Name.of(
            ChronoField.DAY_OF_WEEK, 1, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    static final TimeField HALF_OF_DAY = TimeField.Name.of(ChronoField.AMPM_OF_DAY, 0, "AM", "PM");

    private TimeNames() {}
}
