package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.expr.CalendarUnit;
import io.millrace.dataflow.schema.DataTypes;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/** Rules of calls over dates and times. */
final class TimeRules {
    private static final String PATTERN = "pattern";

    private TimeRules() {}

    /** The argument at {@code index}, if there is one, is the literal name of a zone. */
    static CallRule zone(int index) {
        return call -> {
            if (call.size() > index) {
                String zone = (String) call.literal(index, "zone");
                try {
                    ZoneId.of(zone);
                } catch (DateTimeException unknown) {
                    throw call.refusal(
                            index,
                            "zone",
                            "no zone has that name",
                            Suggestion.closest(zone, ZoneId.getAvailableZoneIds())
                                    .map(near -> "Did you mean '" + near + "'?")
                                    .orElse("Give a name such as Europe/Berlin, an offset such as +02:00, or UTC"));
                }
            }
        };
    }

    /** The argument at {@code index} is the literal name of a unit. */
    static CallRule unit(int index) {
        return CallRule.oneOf(index, "unit", CalendarUnit.names());
    }

    /** The unit at {@code index} is no part of a day when the first argument is a date. */
    static CallRule unitOfDate(int index) {
        return unit(index).and(call -> {
            boolean date = call.arguments().get(0).type().equals(DataTypes.DATE);
            if (date && !unit(call, index).isDateBased()) {
                throw call.refusal(index, "unit", "a date has no time of day");
            }
        });
    }

    /** The unit at {@code index} has a fixed length. */
    static CallRule fixedUnit(int index) {
        return unit(index).and(call -> {
            if (unit(call, index).micros() == 0) {
                throw call.refusal(index, "unit", "its length is not fixed");
            }
        });
    }

    private static CalendarUnit unit(CallRule.Checked call, int index) {
        return CalendarUnit.named((String) call.literal(index, "unit")).orElseThrow();
    }

    /** The second argument is a literal pattern that the first can be written by. */
    static void printed(CallRule.Checked call) {
        TimePattern pattern = pattern(call, 1);
        if (call.arguments().get(0).type().equals(DataTypes.DATE) && (pattern.hasTime() || pattern.hasOffset())) {
            throw call.refusal(1, PATTERN, "a date has no time of day");
        }
    }

    /** The arguments from {@code first} on are literal patterns that say all there is to know. */
    static CallRule parsed(int first) {
        return call -> {
            for (int i = first; i < call.size(); i++) {
                List<String> unknowns = pattern(call, i).unknowns();
                if (!unknowns.isEmpty()) {
                    throw call.refusal(i, PATTERN, "it leaves open " + String.join(" and ", unknowns));
                }
            }
        };
    }

    private static TimePattern pattern(CallRule.Checked call, int index) {
        String pattern = (String) call.literal(index, PATTERN);
        try {
            return TimePattern.of(pattern);
        } catch (IllegalArgumentException invalid) {
            throw call.refusal(index, PATTERN, String.valueOf(invalid.getMessage()));
        }
    }
}
