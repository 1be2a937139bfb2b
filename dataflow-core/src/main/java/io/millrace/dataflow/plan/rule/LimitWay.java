package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TableStep;
import java.util.List;

/** Where a limit that stands behind an operator may go. */
enum LimitWay {
    /** Nowhere. */
    STAYS,
    /** Into the place of the operator, which is a larger limit. */
    IN_PLACE,
    /** Before it, which gives a row for each. */
    EXCHANGED,
    /** A copy of it before every input: as many rows of each are enough. */
    EVERY_INPUT,
    /** A copy of it before the first input, of which every row gives one or more. */
    FIRST_INPUT;

    /** Finds the way by the operator alone. */
    static final class Finder implements Operator.Visitor<LimitWay> {
        static final Finder INSTANCE = new Finder();

        @Override
        public LimitWay visit(Operator.Scan scan) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Values values) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.TableRows rows) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Hosted hosted) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Project project) {
            return project.changedColumns().stream().anyMatch(ExprFacts::callsUser) ? STAYS : EXCHANGED;
        }

        @Override
        public LimitWay visit(Operator.Filter filter) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Expand expand) {
            boolean stays = expand.rows().isEmpty()
                    || expand.rows().stream().flatMap(List::stream).anyMatch(ExprFacts::callsUser);
            return stays ? STAYS : FIRST_INPUT;
        }

        @Override
        public LimitWay visit(Operator.Explode explode) {
            return explode.empty() == RowStep.Explode.Empty.NULL ? FIRST_INPUT : STAYS;
        }

        @Override
        public LimitWay visit(Operator.RejectErrors reject) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Limit limit) {
            return IN_PLACE;
        }

        @Override
        public LimitWay visit(Operator.Skip skip) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Tail tail) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.RowNumber number) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.RequireRows require) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Sort sort) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Distinct distinct) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Union union) {
            return EVERY_INPUT;
        }

        /** A left join gives a row or more for each row of its left input, and looks at none behind those that are wanted. */
        @Override
        public LimitWay visit(Operator.Join join) {
            return join.kind() == JoinKind.LEFT && join.expected() == Cardinality.MANY_TO_MANY ? FIRST_INPUT : STAYS;
        }

        @Override
        public LimitWay visit(Operator.Append append) {
            return append.lengths() == TableStep.AppendColumns.Lengths.PADDED ? EVERY_INPUT : STAYS;
        }

        @Override
        public LimitWay visit(Operator.GroupBy groupBy) {
            return STAYS;
        }

        @Override
        public LimitWay visit(Operator.Window window) {
            return STAYS;
        }
    }
}
