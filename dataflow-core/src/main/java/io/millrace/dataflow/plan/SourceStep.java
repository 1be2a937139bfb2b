package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where rows come from: a step without inputs. */
public sealed interface SourceStep extends Step {
    /** Rows of files of one format. The schema is empty until it was inferred, and frozen from then on. */
    record Read(Source source, ReadOptions options, Optional<Schema> schema) implements SourceStep {
        public Read {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(options, "options");
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Rows held in the plan. */
    record Values(Schema schema, List<List<@Nullable Object>> rows) implements SourceStep {
        public Values {
            List<List<@Nullable Object>> copy = new ArrayList<>();
            for (List<@Nullable Object> row : rows) {
                if (row.size() != schema.size()) {
                    throw new IllegalArgumentException("row " + (copy.size() + 1) + " has " + row.size()
                            + " values for " + schema.size() + " columns");
                }
                List<@Nullable Object> values = new ArrayList<>();
                for (Object value : row) {
                    values.add(Literals.normalised(value));
                }
                copy.add(Collections.unmodifiableList(values));
            }
            rows = Collections.unmodifiableList(copy);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Rows of a table in memory, which stays its owner's. */
    record FromTable(Table table) implements SourceStep {
        /** The most cells of a table that a saved plan holds. */
        static final long MOST_CELLS_SAVED = 10_000;

        public FromTable {
            Objects.requireNonNull(table, "table");
        }

        /** The same rows as a step that can be written; empty for many rows, error values, lists and structs. */
        Optional<Values> asValues() {
            Schema schema = table.schema();
            boolean fits = table.rowCount() * schema.size() <= MOST_CELLS_SAVED
                    && schema.fields().stream()
                            .noneMatch(field ->
                                    field.type() instanceof DataType.ListOf || field.type() instanceof DataType.Struct)
                    && table.errors().isEmpty();
            return fits ? Optional.of(new Values(schema, table.rows())) : Optional.empty();
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Rows that live in one engine. */
    record Hosted(HostedRows rows) implements SourceStep {
        public Hosted {
            Objects.requireNonNull(rows, "rows");
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One method per step of this kind. */
    interface Visitor<R> {
        R visit(Read step);

        R visit(Values step);

        R visit(FromTable step);

        R visit(Hosted step);
    }
}
