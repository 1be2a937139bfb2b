package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Runs plans by the words of {@code docs/semantics.md}. */
public final class Reference {
    private Reference() {}

    /**
     * The rows of a plan.
     *
     * @throws DataflowException where the plan fails
     * @throws NotInReference for an operator, an aggregate or a function that it does not know
     */
    public static List<Row> run(Plan plan) {
        List<List<Row>> results = new ArrayList<>();
        for (Plan.Stage stage : plan.stages()) {
            List<List<Row>> inputs = new ArrayList<>();
            stage.inputs().forEach(input -> inputs.add(results.get(input)));
            results.add(run(stage, inputs));
        }
        return results.get(results.size() - 1);
    }

    private static List<Row> run(Plan.Stage stage, List<List<Row>> inputs) {
        Operator operator = stage.operator();
        if (operator instanceof Operator.Values values) {
            return Rowwise.values(values);
        }
        if (operator instanceof Operator.Project project) {
            return Rowwise.expand(List.of(project.columns()), inputs.get(0), stage.text());
        }
        if (operator instanceof Operator.Expand expand) {
            return Rowwise.expand(expand.rows(), inputs.get(0), stage.text());
        }
        if (operator instanceof Operator.Filter filter) {
            return Rowwise.filter(filter, inputs.get(0), stage.text());
        }
        if (operator instanceof Operator.Limit limit) {
            List<Row> rows = inputs.get(0);
            return rows.subList(0, (int) Math.min(rows.size(), limit.rows()));
        }
        if (operator instanceof Operator.Skip skip) {
            List<Row> rows = inputs.get(0);
            return rows.subList((int) Math.min(rows.size(), skip.rows()), rows.size());
        }
        if (operator instanceof Operator.Tail tail) {
            List<Row> rows = inputs.get(0);
            return rows.subList((int) Math.max(0, rows.size() - tail.rows()), rows.size());
        }
        if (operator instanceof Operator.RowNumber) {
            return Rowwise.numbered(inputs.get(0));
        }
        if (operator instanceof Operator.RequireRows) {
            if (inputs.get(0).isEmpty()) {
                throw DataflowException.of(ErrorCode.EMPTY_SOURCE, "there are no rows");
            }
            return inputs.get(0);
        }
        if (operator instanceof Operator.Union) {
            List<Row> all = new ArrayList<>();
            inputs.forEach(all::addAll);
            return all;
        }
        if (operator instanceof Operator.Sort sort) {
            return Tablewise.sort(sort, inputs.get(0));
        }
        if (operator instanceof Operator.Distinct distinct) {
            return Tablewise.distinct(distinct, inputs.get(0));
        }
        if (operator instanceof Operator.Join join) {
            return Joins.join(join, inputs.get(0), inputs.get(1));
        }
        if (operator instanceof Operator.Append append) {
            return Joins.append(append, inputs.get(0), inputs.get(1), stage.text());
        }
        if (operator instanceof Operator.GroupBy groupBy) {
            return Groups.groupBy(groupBy, inputs.get(0), stage.text());
        }
        if (operator instanceof Operator.Window window) {
            return Windows.window(window, inputs.get(0), stage.text());
        }
        if (operator instanceof Operator.Explode explode) {
            return Rowwise.explode(explode, inputs.get(0));
        }
        if (operator instanceof Operator.RejectErrors reject) {
            return Rowwise.withoutErrors(reject, inputs.get(0));
        }
        throw new NotInReference(operator.getClass().getSimpleName());
    }

    /** The names of the functions that it does not know. */
    public static Set<String> unknownFunctions() {
        Set<String> unknown = new TreeSet<>();
        Arrays.stream(Function.values())
                .map(Function::catalogName)
                .filter(name -> !name.equals(Function.ROW_RANDOM.catalogName()) && !Functions.knows(name))
                .forEach(unknown::add);
        return unknown;
    }
}
