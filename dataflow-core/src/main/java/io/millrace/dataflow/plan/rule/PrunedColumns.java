package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A plan on its way to one without the columns that nothing reads. */
final class PrunedColumns {
    private final Plan plan;
    /** By stage: the columns that somebody reads. */
    private final List<BitSet> needed = new ArrayList<>();
    /** By stage: the columns it gives after the rewrite, in the order they had. */
    private final List<BitSet> given = new ArrayList<>();
    /** By stage: its id after the rewrite. */
    private final int[] ids;

    private final List<Plan.Stage> rewritten = new ArrayList<>();

    private PrunedColumns(Plan plan) {
        this.plan = plan;
        this.ids = new int[plan.stages().size()];
    }

    /** The plan without the columns that nothing reads. */
    static Plan of(Plan plan) {
        PrunedColumns rule = new PrunedColumns(plan);
        rule.findNeeded();
        boolean allRead = true;
        for (Plan.Stage stage : plan.stages()) {
            allRead &=
                    rule.needed.get(stage.id()).cardinality() == stage.schema().size();
        }
        if (allRead) {
            return plan;
        }
        for (Plan.Stage stage : plan.stages()) {
            rule.rewrite(stage);
        }
        return new Plan(rule.rewritten);
    }

    /** Goes from the result to the sources. */
    private void findNeeded() {
        for (Plan.Stage stage : plan.stages()) {
            needed.add(new BitSet(stage.schema().size()));
        }
        Plan.Stage result = plan.result();
        needed.get(result.id()).set(0, result.schema().size());
        for (int id = result.id(); id >= 0; id--) {
            Plan.Stage stage = plan.stages().get(id);
            BitSet own = needed.get(id);
            if (own.isEmpty() && stage.schema().size() > 0) {
                // A batch without columns would be a case of its own everywhere; one column counts the rows as well.
                own.set(0);
            }
            stage.operator().accept(new NeededOfInputs(stage, own, needed));
        }
    }

    private void rewrite(Plan.Stage stage) {
        List<BitSet> inputs = stage.inputs().stream().map(given::get).toList();
        List<Integer> inputIds =
                new ArrayList<>(stage.inputs().stream().map(input -> ids[input]).toList());
        BitSet own = needed.get(stage.id());
        NarrowedOperator rewriter = new NarrowedOperator(stage.schema(), own, inputs);
        Operator operator = stage.operator().accept(rewriter);
        BitSet output = rewriter.output();
        if (operator instanceof Operator.Union) {
            for (int i = 0; i < inputs.size(); i++) {
                if (!inputs.get(i).equals(own)) {
                    inputIds.set(i, addProjection(stage, i, inputs.get(i), own));
                }
            }
        }
        given.add(output);
        ids[stage.id()] = rewritten.size();
        rewritten.add(new Plan.Stage(
                rewritten.size(), inputIds, operator, select(stage.schema(), output), stage.text(), stage.where()));
    }

    private int addProjection(Plan.Stage stage, int input, BitSet from, BitSet to) {
        Schema schema = plan.stages().get(stage.inputs().get(input)).schema();
        List<TypedExpr> columns = new ArrayList<>();
        to.stream().forEach(column -> {
            Field field = schema.field(column);
            columns.add(new TypedExpr.Input(rank(from, column), field.type(), field.nullable()));
        });
        int id = rewritten.size();
        rewritten.add(new Plan.Stage(
                id,
                List.of(ids[stage.inputs().get(input)]),
                new Operator.Project(columns),
                select(schema, to),
                stage.text(),
                stage.where()));
        return id;
    }

    /** The schema of these columns alone. */
    static Schema select(Schema schema, BitSet columns) {
        return columns.cardinality() == schema.size()
                ? schema
                : Schema.of(columns.stream().mapToObj(schema::field).toList());
    }

    /** Where a column stands among those kept. */
    static int rank(BitSet kept, int column) {
        return kept.get(0, column).cardinality();
    }
}
