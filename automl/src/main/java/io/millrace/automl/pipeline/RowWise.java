package io.millrace.automl.pipeline;

import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.plan.TableStep;

/** Whether a step turns every row into one row, looking at nothing else. */
final class RowWise implements Step.Visitor<Boolean> {
    static final RowWise INSTANCE = new RowWise();

    private RowWise() {}

    @Override
    public Boolean visit(ColumnStep.Select step) {
        return true;
    }

    @Override
    public Boolean visit(ColumnStep.Drop step) {
        return true;
    }

    @Override
    public Boolean visit(ColumnStep.Rename step) {
        return true;
    }

    @Override
    public Boolean visit(ColumnStep.RenameAll step) {
        return true;
    }

    @Override
    public Boolean visit(ColumnStep.RenameMatching step) {
        return true;
    }

    @Override
    public Boolean visit(ColumnStep.Move step) {
        return true;
    }

    @Override
    public Boolean visit(ColumnStep.WithColumn step) {
        return true;
    }

    @Override
    public Boolean visit(ColumnStep.WithColumns step) {
        return true;
    }

    @Override
    public Boolean visit(ColumnStep.Cast step) {
        return true;
    }

    @Override
    public Boolean visit(ColumnStep.FillNull step) {
        return true;
    }

    @Override
    public Boolean visit(SourceStep.Read step) {
        return false;
    }

    @Override
    public Boolean visit(SourceStep.FromTable step) {
        return false;
    }

    @Override
    public Boolean visit(SourceStep.Values step) {
        return false;
    }

    @Override
    public Boolean visit(SourceStep.Hosted step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.Filter step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.FilterColumns step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.Explode step) {
        return false;
    }

    @Override
    public Boolean visit(ColumnStep.Unnest step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.RejectErrors step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.Limit step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.Skip step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.Tail step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.RowNumber step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.SampleRows step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.RequireRows step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.Sort step) {
        return false;
    }

    @Override
    public Boolean visit(RowStep.Distinct step) {
        return false;
    }

    @Override
    public Boolean visit(TableStep.Union step) {
        return false;
    }

    @Override
    public Boolean visit(TableStep.Join step) {
        return false;
    }

    @Override
    public Boolean visit(TableStep.AppendColumns step) {
        return false;
    }

    @Override
    public Boolean visit(TableStep.Unpivot step) {
        return false;
    }

    @Override
    public Boolean visit(TableStep.Pivot step) {
        return false;
    }

    @Override
    public Boolean visit(TableStep.GroupBy step) {
        return false;
    }

    @Override
    public Boolean visit(TableStep.Window step) {
        return false;
    }
}
