package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One row-wise step as steps over columns by name that change one column each, so that whoever follows a column through
 * steps needs to know few of them.
 */
final class SpelledOut {
    private final Schema schema;
    private final String text;
    private final Set<String> taken;
    private final List<Step> steps = new ArrayList<>();

    private SpelledOut(Schema schema, String text) {
        this.schema = schema;
        this.text = text;
        this.taken = new HashSet<>(schema.names());
    }

    /** Whether a step is its own spelling, over any columns. */
    static boolean is(Step step) {
        if (step instanceof ColumnStep.Select select) {
            return select.columns() instanceof ColumnSelector.Named;
        }
        if (step instanceof ColumnStep.Drop drop) {
            return drop.columns() instanceof ColumnSelector.Named;
        }
        return !(step instanceof ColumnStep.Move
                || step instanceof ColumnStep.RenameAll
                || step instanceof ColumnStep.RenameMatching
                || step instanceof ColumnStep.WithColumns);
    }

    /** The steps that do what {@code step} does with these columns; the step itself when it is as simple as that. */
    static List<Step> of(Step step, Schema schema) {
        SpelledOut spelled = new SpelledOut(schema, StepText.of(step));
        if (step instanceof ColumnStep.Select select) {
            spelled.steps.add(new ColumnStep.Select(spelled.selected(select.columns())));
        } else if (step instanceof ColumnStep.Drop drop) {
            List<String> names = spelled.selected(drop.columns());
            if (!names.isEmpty()) {
                spelled.steps.add(new ColumnStep.Drop(names));
            }
        } else if (step instanceof ColumnStep.Move) {
            spelled.steps.add(
                    new ColumnStep.Select(Binder.schema(step, List.of(schema)).names()));
        } else if (step instanceof ColumnStep.RenameAll rename) {
            spelled.rename(rename.names());
        } else if (step instanceof ColumnStep.RenameMatching rename) {
            spelled.rename(ColumnBinder.newNames(rename, schema, spelled.text));
        } else if (step instanceof ColumnStep.WithColumns with) {
            spelled.replace(with);
        } else {
            spelled.steps.add(step);
        }
        return spelled.steps;
    }

    private List<String> selected(ColumnSelector columns) {
        return Selection.of(columns, schema, text);
    }

    private String unused(String name) {
        String unused = StepInputs.unused(name, taken);
        taken.add(unused);
        return unused;
    }

    /** Where new names are names of columns that are there, all columns get names of nothing first. */
    private void rename(Map<String, String> names) {
        Map<String, String> changed = new LinkedHashMap<>(names);
        changed.entrySet().removeIf(name -> name.getKey().equals(name.getValue()));
        boolean inTheWay = changed.values().stream().anyMatch(schema::has);
        taken.addAll(changed.values());
        Map<String, String> last = new LinkedHashMap<>();
        changed.forEach((from, to) -> {
            String between = inTheWay ? unused(from) : from;
            if (inTheWay) {
                steps.add(new ColumnStep.Rename(from, between));
            }
            last.put(between, to);
        });
        last.forEach((from, to) -> steps.add(new ColumnStep.Rename(from, to)));
    }

    /** Selected columns that the value reads for every column are read from copies, which nothing has changed yet. */
    private void replace(ColumnStep.WithColumns with) {
        List<String> names = selected(with.columns());
        Set<String> read = new HashSet<>(Columns.of(with.value()));
        read.retainAll(names);
        Map<String, String> copies = new LinkedHashMap<>();
        for (String name : read.stream().sorted().toList()) {
            String copy = unused(name);
            copies.put(name, copy);
            steps.add(new ColumnStep.WithColumn(copy, Expr.col(name)));
        }
        ColumnStep.WithColumns copied =
                new ColumnStep.WithColumns(with.columns(), Columns.renamed(with.value(), copies), with.typing());
        Schema wider = schema;
        for (Map.Entry<String, String> copy : copies.entrySet()) {
            wider = wider.with(wider.size(), schema.field(copy.getKey(), text).named(copy.getValue()));
        }
        for (String name : names) {
            steps.add(new ColumnStep.WithColumn(name, ColumnBinder.valueOf(copied, name, wider, text)));
        }
        if (!copies.isEmpty()) {
            steps.add(new ColumnStep.Drop(List.copyOf(copies.values())));
        }
    }
}
