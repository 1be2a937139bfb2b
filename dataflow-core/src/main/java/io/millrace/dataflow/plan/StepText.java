package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.Expr;
import java.util.List;
import java.util.stream.Collectors;

/** How a step is written in messages and in {@code explain}: as the call that made it, without any secret. */
final class StepText implements Step.Visitor<String> {
    private static final StepText INSTANCE = new StepText();

    private StepText() {}

    static String of(Step step) {
        return step.accept(INSTANCE);
    }

    private static String names(List<String> columns) {
        return columns.stream().map(column -> Expr.col(column).toString()).collect(Collectors.joining(", "));
    }

    /** Columns selected by name as these names, others as the call that selects them. */
    private static String selected(ColumnSelector columns) {
        return columns instanceof ColumnSelector.Named named ? names(named.names()) : columns.toString();
    }

    @Override
    public String visit(SourceStep.Read step) {
        StringBuilder text = new StringBuilder("read");
        for (String word : step.options().format().split("_", -1)) {
            text.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return text.append('(').append(step.source().display()).append(')').toString();
    }

    @Override
    public String visit(SourceStep.FromTable step) {
        return "fromTable(" + step.table().rowCount() + " rows)";
    }

    @Override
    public String visit(SourceStep.Values step) {
        return "rows(" + step.rows().size() + ")";
    }

    @Override
    public String visit(SourceStep.Hosted step) {
        return "hosted(" + step.rows().engine() + ")";
    }

    @Override
    public String visit(ColumnStep.Select step) {
        return "select(" + selected(step.columns()) + ")";
    }

    @Override
    public String visit(ColumnStep.Drop step) {
        return "drop(" + selected(step.columns()) + ")";
    }

    @Override
    public String visit(ColumnStep.Rename step) {
        return "rename(" + names(List.of(step.from(), step.to())) + ")";
    }

    @Override
    public String visit(ColumnStep.RenameAll step) {
        return "renameAll("
                + step.names().entrySet().stream()
                        .map(name -> names(List.of(name.getKey())) + " to " + names(List.of(name.getValue())))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    @Override
    public String visit(ColumnStep.RenameMatching step) {
        return "renameMatching(" + step.pattern() + ", " + Expr.lit(step.replacement()) + ")";
    }

    @Override
    public String visit(ColumnStep.Move step) {
        return step.after()
                .map(after -> "moveAfter(" + names(List.of(after)) + ", " + selected(step.columns()) + ")")
                .orElseGet(() -> "moveFirst(" + selected(step.columns()) + ")");
    }

    @Override
    public String visit(ColumnStep.WithColumn step) {
        return "withColumn(" + names(List.of(step.name())) + ", " + step.value() + ")";
    }

    @Override
    public String visit(ColumnStep.WithColumns step) {
        return "withColumns(" + selected(step.columns()) + ", " + step.value() + ")";
    }

    @Override
    public String visit(ColumnStep.Cast step) {
        return "cast(" + names(List.of(step.column())) + ", " + step.to() + ")";
    }

    @Override
    public String visit(RowStep.Filter step) {
        return "filter(" + unbracketed(step.predicate().toString()) + ")";
    }

    @Override
    public String visit(RowStep.FilterColumns step) {
        return (step.quantifier() == RowStep.FilterColumns.Quantifier.EVERY ? "filterEvery(" : "filterAny(")
                + selected(step.columns()) + ", " + unbracketed(step.predicate().toString()) + ")";
    }

    @Override
    public String visit(ColumnStep.FillNull step) {
        return "fillNull(" + names(List.of(step.column())) + ", " + Expr.lit(step.value()) + ")";
    }

    @Override
    public String visit(RowStep.Explode step) {
        String verb = step.empty() == RowStep.Explode.Empty.DROPPED ? "explode(" : "explodeOrNull(";
        return verb + names(List.of(step.column())) + ")";
    }

    @Override
    public String visit(ColumnStep.Unnest step) {
        return "unnest(" + names(List.of(step.column())) + ")";
    }

    @Override
    public String visit(RowStep.RejectErrors step) {
        String columns = names(step.columns());
        if (step.path().isPresent()) {
            return "quarantine(" + step.path().get() + (columns.isEmpty() ? "" : ", " + columns) + ")";
        }
        if (step.atMost() == 0) {
            return "failOnErrors(" + columns + ")";
        }
        return step.atMost() == RowStep.RejectErrors.ANY_NUMBER
                ? "dropErrors(" + columns + ")"
                : "dropErrorsAtMost(" + step.atMost() + (columns.isEmpty() ? "" : ", " + columns) + ")";
    }

    @Override
    public String visit(RowStep.Limit step) {
        return "limit(" + step.rows() + ")";
    }

    @Override
    public String visit(RowStep.Skip step) {
        return "skip(" + step.rows() + ")";
    }

    @Override
    public String visit(RowStep.Tail step) {
        return "tail(" + step.rows() + ")";
    }

    @Override
    public String visit(RowStep.RowNumber step) {
        return "withRowNumber(" + names(List.of(step.name())) + ")";
    }

    @Override
    public String visit(RowStep.SampleRows step) {
        return "sampleRows(" + step.rows() + ", " + step.seed() + ")";
    }

    @Override
    public String visit(RowStep.RequireRows step) {
        return "verifyHasRows()";
    }

    @Override
    public String visit(RowStep.Sort step) {
        return "sort(" + step.keys().stream().map(Object::toString).collect(Collectors.joining(", ")) + ")";
    }

    @Override
    public String visit(RowStep.Distinct step) {
        String call =
                switch (step.keep()) {
                    case FIRST -> "distinct(";
                    case LAST -> "distinctLast(";
                    case REPEATED -> "duplicates(";
                };
        return call + (step.columns() instanceof ColumnSelector.All ? "" : selected(step.columns())) + ")";
    }

    @Override
    public String visit(TableStep.Union step) {
        return switch (step.match()) {
            case SAME -> "union()";
            case NAME -> "unionByName()";
            case POSITION -> "unionByPosition()";
        };
    }

    @Override
    public String visit(TableStep.Join step) {
        return step.options().toString();
    }

    @Override
    public String visit(TableStep.AppendColumns step) {
        return step.lengths() == TableStep.AppendColumns.Lengths.EQUAL ? "appendColumns()" : "appendColumnsPadded()";
    }

    @Override
    public String visit(TableStep.Unpivot step) {
        return "unpivot([" + names(step.keep()) + "], [" + names(step.values()) + "], "
                + names(List.of(step.nameColumn(), step.valueColumn())) + ")";
    }

    @Override
    public String visit(TableStep.Pivot step) {
        String columns = step.columns().stream().map(Object::toString).collect(Collectors.joining(", "));
        String keys = step.keys().isEmpty() ? "" : ", " + names(step.keys());
        return "pivot(" + names(List.of(step.column())) + ", " + step.aggregate() + keys + ").columns(" + columns + ")";
    }

    @Override
    public String visit(TableStep.GroupBy step) {
        String aggregates = step.aggregates().stream().map(Object::toString).collect(Collectors.joining(", "));
        return "groupBy(" + names(step.keys()) + ").aggregate(" + aggregates + ")";
    }

    @Override
    public String visit(TableStep.Window step) {
        String columns = step.columns().stream().map(Object::toString).collect(Collectors.joining(", "));
        return "window(" + step.over() + ", " + columns + ")";
    }

    /** Without the brackets around the whole of it, where they match each other. */
    private static String unbracketed(String text) {
        if (!text.startsWith("(") || !text.endsWith(")")) {
            return text;
        }
        int depth = 0;
        for (int i = 0; i < text.length() - 1; i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return text;
            }
        }
        return text.substring(1, text.length() - 1);
    }
}
