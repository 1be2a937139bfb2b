package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.plan.WindowMeasure;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Operators as text, each in a line with the numbers of its inputs. Long texts are cut short; shows no secret. */
public final class OperatorText implements Operator.Visitor<String> {
    /** The most characters of one line before its inputs. */
    private static final int LONGEST = 400;

    private final Schema schema;
    private final List<Schema> inputs;

    private OperatorText(Schema schema, List<Schema> inputs) {
        this.schema = schema;
        this.inputs = inputs;
    }

    /** The operators of a plan, a line each. */
    public static String of(Plan plan) {
        return String.join("\n", lines(plan)) + "\n";
    }

    /** The line of each operator of a plan, without a line end: {@code 1  filter (a > 3)  <- 0}. */
    public static List<String> lines(Plan plan) {
        List<String> lines = new ArrayList<>();
        for (Plan.Stage stage : plan.stages()) {
            List<Schema> inputs = stage.inputs().stream()
                    .map(input -> plan.stages().get(input).schema())
                    .toList();
            String line = stage.operator().accept(new OperatorText(stage.schema(), inputs));
            String inputNumbers = stage.inputs().isEmpty()
                    ? ""
                    : "  <- " + stage.inputs().stream().map(String::valueOf).collect(Collectors.joining(", "));
            lines.add(stage.id() + "  " + ExprWords.cut(line, LONGEST) + inputNumbers);
        }
        return lines;
    }

    private static String name(Schema schema, int column) {
        return Expr.col(schema.field(column).name()).toString();
    }

    private static String names(Schema schema, List<Integer> columns) {
        return columns.stream().map(column -> name(schema, column)).collect(Collectors.joining(", "));
    }

    private static String names(Schema schema) {
        return names(schema, IntStream.range(0, schema.size()).boxed().toList());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private String input(TypedExpr expression) {
        return ExprWords.of(expression, inputs.get(0));
    }

    @Override
    public String visit(Operator.Scan scan) {
        return "scan " + scan.source().display() + ": " + names(schema);
    }

    @Override
    public String visit(Operator.Values values) {
        return "values of " + values.rows().size() + " rows: " + names(schema);
    }

    @Override
    public String visit(Operator.TableRows rows) {
        return "table of " + rows.table().rowCount() + " rows: " + names(schema);
    }

    @Override
    public String visit(Operator.Hosted hosted) {
        return "rows of the engine '" + hosted.rows().engine() + "': " + names(schema);
    }

    @Override
    public String visit(Operator.Project project) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < project.columns().size(); i++) {
            String to = name(schema, i);
            String from = input(project.columns().get(i));
            columns.add(to.equals(from) ? to : to + " = " + from);
        }
        return "project " + String.join(", ", columns);
    }

    @Override
    public String visit(Operator.Filter filter) {
        return "filter " + input(filter.predicate());
    }

    @Override
    public String visit(Operator.Expand expand) {
        return "expand to " + expand.rows().size() + " rows of " + names(schema);
    }

    @Override
    public String visit(Operator.Explode explode) {
        return "explode " + name(schema, explode.column())
                + (explode.empty() == RowStep.Explode.Empty.NULL ? " or null" : "");
    }

    @Override
    public String visit(Operator.RejectErrors reject) {
        return "reject errors in " + names(schema, reject.columns()) + ", at most " + reject.atMost();
    }

    @Override
    public String visit(Operator.Limit limit) {
        return "limit " + limit.rows();
    }

    @Override
    public String visit(Operator.Skip skip) {
        return "skip " + skip.rows();
    }

    @Override
    public String visit(Operator.Tail tail) {
        return "tail " + tail.rows();
    }

    @Override
    public String visit(Operator.RowNumber number) {
        return "row number " + name(schema, schema.size() - 1);
    }

    @Override
    public String visit(Operator.RequireRows require) {
        return "require rows";
    }

    @Override
    public String visit(Operator.Sort sort) {
        return "sort " + keys(schema, sort.keys());
    }

    private static String keys(Schema schema, List<Operator.Sort.Key> keys) {
        return keys.stream()
                .map(key -> name(schema, key.index()) + " " + word(key.direction()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String visit(Operator.Distinct distinct) {
        return "distinct " + word(distinct.keep()) + " of " + names(schema, distinct.columns());
    }

    @Override
    public String visit(Operator.Union union) {
        return "union";
    }

    @Override
    public String visit(Operator.Join join) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < join.leftKeys().size(); i++) {
            keys.add(name(inputs.get(0), join.leftKeys().get(i)) + " = "
                    + name(inputs.get(1), join.rightKeys().get(i)));
        }
        return word(join.kind()) + " join" + (keys.isEmpty() ? "" : " on " + String.join(", ", keys)) + ": "
                + names(schema);
    }

    @Override
    public String visit(Operator.Append append) {
        return "append columns: " + names(schema);
    }

    @Override
    public String visit(Operator.GroupBy groupBy) {
        List<String> measures = new ArrayList<>();
        for (int i = 0; i < groupBy.measures().size(); i++) {
            measures.add(measure(
                    name(schema, groupBy.keys().size() + i), groupBy.measures().get(i)));
        }
        return "group by " + names(inputs.get(0), groupBy.keys()) + ": " + String.join(", ", measures);
    }

    private String measure(String name, Operator.GroupBy.Measure measure) {
        return name + " = " + word(measure.kind()) + "(" + names(inputs.get(0), measure.inputs()) + ")";
    }

    @Override
    public String visit(Operator.Window window) {
        int passed = window.columns().size();
        List<String> measures = new ArrayList<>();
        for (int i = 0; i < window.measures().size(); i++) {
            WindowMeasure measure = window.measures().get(i);
            String kind = measure instanceof WindowMeasure.Placed placed
                    ? word(placed.kind())
                    : word(((WindowMeasure.Aggregated) measure).aggregate().kind());
            measures.add(name(schema, passed + i) + " = " + kind + "(" + names(inputs.get(0), measure.inputs()) + ")");
        }
        return "window by " + names(inputs.get(0), window.partition()) + ", ordered by "
                + keys(inputs.get(0), window.order()) + ": " + String.join(", ", measures);
    }
}
