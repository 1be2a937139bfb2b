package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.learn.TypeProposal.DateOrder;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * What columns of text are, and the steps that convert them. A value that does not fit its column's type becomes a {@code
 * CAST} error with its text, never a null; nulls and errors stay. A column whose dates are ambiguous, and one that stays
 * text, is left as it is. Immutable.
 */
public final class ColumnTypes implements Learnt {
    private final Dataflow dataflow;
    private final List<TypeProposal> proposals;

    ColumnTypes(Dataflow dataflow, List<TypeProposal> proposals) {
        this.dataflow = dataflow;
        this.proposals = List.copyOf(proposals);
    }

    /** What each column becomes, in their order. */
    public List<TypeProposal> proposals() {
        return proposals;
    }

    /**
     * What a column becomes.
     *
     * @throws IllegalArgumentException for a column that was not looked at
     */
    public TypeProposal proposal(String column) {
        return proposals.stream()
                .filter(proposal -> proposal.column().equals(column))
                .findFirst()
                .orElseThrow(() -> unknown(column));
    }

    /** The columns whose dates can be read with the day first or with the month first, and are not converted yet. */
    public List<String> ambiguous() {
        return proposals.stream()
                .filter(TypeProposal::isAmbiguous)
                .map(TypeProposal::column)
                .toList();
    }

    /**
     * The same with the day first in the dates of a column.
     *
     * @throws IllegalArgumentException for a column that was not looked at, or has no dates of numbers alone
     */
    public ColumnTypes dayFirst(String column) {
        return with(column, proposal -> dayFirst(proposal, order(proposal)));
    }

    /** The same with the month first in the dates of a column; otherwise as {@link #dayFirst(String)}. */
    public ColumnTypes monthFirst(String column) {
        return with(column, proposal -> monthFirst(proposal, order(proposal)));
    }

    /** The same with the day first in all columns that are ambiguous. */
    public ColumnTypes dayFirst() {
        return withAmbiguous(proposal -> dayFirst(proposal, order(proposal)));
    }

    /** The same with the month first in all columns that are ambiguous. */
    public ColumnTypes monthFirst() {
        return withAmbiguous(proposal -> monthFirst(proposal, order(proposal)));
    }

    /**
     * The same with a type of your own for a column, by a cast.
     *
     * @throws IllegalArgumentException for a column that was not looked at, or a list or struct
     */
    public ColumnTypes withType(String column, DataType type) {
        if (!DataTypes.TEXT.canBecome(type)) {
            throw new IllegalArgumentException("text cannot become " + type);
        }
        Conversion conversion = Conversion.cast(type);
        return with(
                column,
                proposal -> type instanceof DataType.Text
                        ? proposal.asText()
                        : proposal.with(conversion, OptionalLong.empty()));
    }

    /**
     * The same with dates by a pattern of your own in a column. Of a pattern that is none the dataflow is refused.
     *
     * @throws IllegalArgumentException for a column that was not looked at
     */
    public ColumnTypes withDates(String column, String pattern) {
        return with(column, proposal -> proposal.with(Conversion.by(pattern, DataTypes.DATE), OptionalLong.empty()));
    }

    /** The same with timestamps by a pattern of your own in a column, in UTC; otherwise as {@link #withDates}. */
    public ColumnTypes withTimestamps(String column, String pattern) {
        return with(
                column, proposal -> proposal.with(Conversion.by(pattern, DataTypes.TIMESTAMP), OptionalLong.empty()));
    }

    /**
     * The same without the conversion of a column, which stays text.
     *
     * @throws IllegalArgumentException for a column that was not looked at
     */
    public ColumnTypes without(String column) {
        return with(column, TypeProposal::asText);
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        Recipe recipe = Recipe.empty();
        for (TypeProposal proposal : proposals) {
            if (proposal.conversion().isPresent()) {
                Conversion conversion = proposal.conversion().get();
                recipe = conversion.pattern().isEmpty()
                        ? recipe.cast(proposal.column(), conversion.type())
                        : recipe.withColumn(proposal.column(), conversion.of(col(proposal.column())));
            }
        }
        return recipe;
    }

    /** What each column becomes, a line each. */
    @Override
    public String toString() {
        long changed =
                proposals.stream().filter(each -> each.conversion().isPresent()).count();
        StringBuilder text = new StringBuilder("column types: ")
                .append(changed)
                .append(" of ")
                .append(proposals.size())
                .append(proposals.size() == 1 ? " column changes" : " columns change");
        if (!ambiguous().isEmpty()) {
            text.append(", ambiguous: ").append(String.join(", ", ambiguous()));
        }
        proposals.forEach(proposal -> text.append("\n  ").append(proposal));
        return text.toString();
    }

    private static TypeProposal dayFirst(TypeProposal proposal, DateOrder order) {
        return proposal.with(order.dayFirst(), OptionalLong.of(order.fittingDayFirst()));
    }

    private static TypeProposal monthFirst(TypeProposal proposal, DateOrder order) {
        return proposal.with(order.monthFirst(), OptionalLong.of(order.fittingMonthFirst()));
    }

    private static DateOrder order(TypeProposal proposal) {
        return proposal.order()
                .orElseThrow(() -> new IllegalArgumentException("column '" + proposal.column()
                        + "' has no dates whose day or month may come first; name their pattern with withDates(...)"));
    }

    private ColumnTypes with(String column, UnaryOperator<TypeProposal> change) {
        proposal(column);
        List<TypeProposal> changed = new ArrayList<>();
        for (TypeProposal proposal : proposals) {
            changed.add(proposal.column().equals(column) ? change.apply(proposal) : proposal);
        }
        return new ColumnTypes(dataflow, changed);
    }

    private ColumnTypes withAmbiguous(UnaryOperator<TypeProposal> change) {
        List<TypeProposal> changed = new ArrayList<>();
        for (TypeProposal proposal : proposals) {
            changed.add(proposal.isAmbiguous() ? change.apply(proposal) : proposal);
        }
        return new ColumnTypes(dataflow, changed);
    }

    private IllegalArgumentException unknown(String column) {
        List<String> columns = proposals.stream().map(TypeProposal::column).toList();
        return new IllegalArgumentException("column '" + column + "' was not looked at"
                + Suggestion.closest(column, columns)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse(""));
    }
}
