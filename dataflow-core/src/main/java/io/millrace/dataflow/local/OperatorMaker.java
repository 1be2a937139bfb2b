package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import java.util.List;

/** Makes the operator of one stage at work. */
final class OperatorMaker implements Operator.Visitor<BatchOperator> {
    private final Plan.Stage stage;
    private final List<Schema> inputs;
    private final Run run;

    private OperatorMaker(Plan.Stage stage, List<Schema> inputs, Run run) {
        this.stage = stage;
        this.inputs = inputs;
        this.run = run;
    }

    /**
     * The operator of a stage.
     *
     * @param inputs the schemas of its inputs
     */
    static BatchOperator make(Plan.Stage stage, List<Schema> inputs, Run run) {
        return stage.operator().accept(new OperatorMaker(stage, inputs, run));
    }

    @Override
    public BatchOperator visit(Operator.Scan scan) {
        return new ScanOperator(scan, stage.text(), RowProgram.of(scan.schema(), List.of()), run);
    }

    @Override
    public BatchOperator visit(Operator.Values values) {
        return new ValuesOperator(values.schema(), values.rows(), run);
    }

    @Override
    public BatchOperator visit(Operator.TableRows rows) {
        return new TableOperator(rows, stage.schema());
    }

    @Override
    public BatchOperator visit(Operator.Hosted hosted) {
        throw hosted.refused(stage, "local");
    }

    @Override
    public BatchOperator visit(Operator.Project project) {
        return rows(project);
    }

    @Override
    public BatchOperator visit(Operator.Filter filter) {
        return rows(filter);
    }

    private BatchOperator rows(Operator operator) {
        RowProgram.Instruction instruction = new RowProgram.Instruction(operator, stage.schema(), stage.text());
        return new RowsOperator(RowProgram.of(inputs.get(0), List.of(instruction)), run);
    }

    @Override
    public BatchOperator visit(Operator.Expand expand) {
        return new ExpandOperator(expand, stage, inputs.get(0), run);
    }

    @Override
    public BatchOperator visit(Operator.Explode explode) {
        return new ExplodeOperator(explode, stage.schema(), run);
    }

    @Override
    public BatchOperator visit(Operator.RejectErrors reject) {
        return new RejectErrorsOperator(reject, stage.text(), run);
    }

    @Override
    public BatchOperator visit(Operator.Limit limit) {
        return new LimitOperator(limit.rows(), run);
    }

    @Override
    public BatchOperator visit(Operator.Skip skip) {
        return new SkipOperator(skip.rows(), run);
    }

    @Override
    public BatchOperator visit(Operator.Tail tail) {
        return new TailOperator(tail.rows(), run);
    }

    @Override
    public BatchOperator visit(Operator.RowNumber number) {
        return new RowNumberOperator(stage.schema(), run);
    }

    @Override
    public BatchOperator visit(Operator.RequireRows require) {
        return new RequireRowsOperator(stage);
    }

    @Override
    public BatchOperator visit(Operator.Sort sort) {
        return new SortOperator(stage.schema(), sort.keys(), run);
    }

    @Override
    public BatchOperator visit(Operator.Distinct distinct) {
        return switch (distinct.keep()) {
            case FIRST -> new DistinctOperator(distinct.columns(), stage.schema(), run);
            case LAST, REPEATED -> new RepeatsOperator(distinct, stage.schema(), run);
        };
    }

    @Override
    public BatchOperator visit(Operator.Union union) {
        return new UnionOperator(stage.schema(), inputs.size());
    }

    @Override
    public BatchOperator visit(Operator.Join join) {
        return join.kind().isFilter()
                ? new SemiJoinOperator(join, stage, inputs, run)
                : new JoinOperator(join, stage, inputs, run);
    }

    @Override
    public BatchOperator visit(Operator.Append append) {
        return new AppendOperator(append, stage, inputs, run);
    }

    @Override
    public BatchOperator visit(Operator.GroupBy groupBy) {
        return new GroupByOperator(groupBy, stage, inputs, run);
    }

    @Override
    public BatchOperator visit(Operator.Window window) {
        return new WindowOperator(window, stage, inputs.get(0), run);
    }
}
