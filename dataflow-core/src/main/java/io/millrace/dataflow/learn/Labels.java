package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.expr.Literals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The different values of a column, from small to large. */
final class Labels {
    static final int MOST = 1_000;

    private Labels() {}

    static List<Object> learn(Dataflow dataflow, String column, String what, int most, Engine engine) {
        Query.plain(dataflow.schema(engine), column, "encode");
        Dataflow query = Query.values(dataflow, column).distinct().sort(column).limit(most + 1L);
        List<Object> labels = new ArrayList<>();
        for (List<@Nullable Object> row : Query.rows(query, engine)) {
            labels.add(Objects.requireNonNull(row.get(0)));
        }
        if (labels.isEmpty()) {
            throw Query.nothing(what, column);
        }
        if (labels.size() > most) {
            throw Query.tooMany(what, column, most);
        }
        return labels;
    }

    /** Labels as values of a plan, of which no two are equal. */
    static List<Object> checked(Collection<?> labels) {
        List<Object> normalised = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Object label : labels) {
            Object value = Objects.requireNonNull(Literals.normalised(Objects.requireNonNull(label, "label")));
            if (!seen.add(value)) {
                throw new IllegalArgumentException("label " + value + " is there twice");
            }
            normalised.add(value);
        }
        if (normalised.isEmpty()) {
            throw new IllegalArgumentException("an encoding needs at least one label");
        }
        return List.copyOf(normalised);
    }

    static int checkedLimit(int labels) {
        if (labels < 1) {
            throw new IllegalArgumentException("a limit needs at least one label: " + labels);
        }
        return labels;
    }
}
