package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.JoinNames;
import io.millrace.dataflow.schema.Schema;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Gives every column of two inputs that stand side by side a name of its own, the left ones first. */
final class JoinedNames {
    private final JoinNames names;
    private final Set<String> shared;
    private final Set<String> onBothSides;
    private final Set<String> taken;

    /** Names by a rule. The names {@code shared} stay as they are, one column of the result each. */
    JoinedNames(JoinNames names, Schema left, Schema right, Set<String> shared) {
        this.names = names;
        this.shared = shared;
        this.onBothSides = new HashSet<>(left.names());
        this.onBothSides.retainAll(new HashSet<>(right.names()));
        this.taken = new LinkedHashSet<>(shared);
    }

    /** The name of a column of the left input. */
    String left(String name) {
        if (shared.contains(name)) {
            return name;
        }
        return free(name, names.left());
    }

    /** The name of a column of the right input. */
    String right(String name) {
        return free(name, names.right());
    }

    private String free(String name, String addition) {
        String base;
        if (names.rule() == JoinNames.Rule.PREFIX) {
            base = addition + name;
        } else {
            base = onBothSides.contains(name) || taken.contains(name) ? name + addition : name;
        }
        String candidate = base;
        for (int number = 2; !taken.add(candidate); number++) {
            candidate = base + "_" + number;
        }
        return candidate;
    }
}
