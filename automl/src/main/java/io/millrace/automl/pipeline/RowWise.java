package io.millrace.automl.pipeline;

import io.millrace.dataflow.plan.Step;

/** Whether a step turns every row into one row, looking at nothing else. */
final class RowWise implements Step.Visitor<Boolean> {
    static final RowWise INSTANCE = new RowWise();

    private RowWise() {}

    @Override
    public Boolean visit(Step.Select step) {
        return true;
    }

    @Override
    public Boolean visit(Step.Drop step) {
        return true;
    }

    @Override
    public Boolean visit(Step.Rename step) {
        return true;
    }

    @Override
    public Boolean visit(Step.RenameAll step) {
        return true;
    }

    @Override
    public Boolean visit(Step.RenameMatching step) {
        return true;
    }

    @Override
    public Boolean visit(Step.Move step) {
        return true;
    }

    @Override
    public Boolean visit(Step.WithColumn step) {
        return true;
    }

    @Override
    public Boolean visit(Step.WithColumns step) {
        return true;
    }

    @Override
    public Boolean visit(Step.Cast step) {
        return true;
    }

    @Override
    public Boolean visit(Step.FillNull step) {
        return true;
    }

    @Override
    public Boolean visit(Step.Read step) {
        return false;
    }

    @Override
    public Boolean visit(Step.FromTable step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Values step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Hosted step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Filter step) {
        return false;
    }

    @Override
    public Boolean visit(Step.FilterColumns step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Explode step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Unnest step) {
        return false;
    }

    @Override
    public Boolean visit(Step.RejectErrors step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Limit step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Skip step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Tail step) {
        return false;
    }

    @Override
    public Boolean visit(Step.RowNumber step) {
        return false;
    }

    @Override
    public Boolean visit(Step.SampleRows step) {
        return false;
    }

    @Override
    public Boolean visit(Step.RequireRows step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Sort step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Distinct step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Union step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Join step) {
        return false;
    }

    @Override
    public Boolean visit(Step.AppendColumns step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Unpivot step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Pivot step) {
        return false;
    }

    @Override
    public Boolean visit(Step.GroupBy step) {
        return false;
    }

    @Override
    public Boolean visit(Step.Window step) {
        return false;
    }
}
