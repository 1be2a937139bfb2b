package io.millrace.dataflow.testing;

import static io.millrace.dataflow.schema.DataTypes.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.plan.HostedRows;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows that live in another engine. */
interface HostedContract extends EngineFixture {
    /** Rows of an engine that nothing here is. */
    record Elsewhere(String id) implements HostedRows {
        @Override
        public String engine() {
            return "elsewhere";
        }

        @Override
        public Schema schema() {
            return Schema.of(Field.optional("a", INT64), Field.optional("b", INT64));
        }
    }

    private static Dataflow hosted(String id) {
        return Dataflow.of(Node.of(new SourceStep.Hosted(new Elsewhere(id)), List.of(), Optional.empty()));
    }

    @Test
    @Checks(steps = SourceStep.Hosted.class)
    default void rowsOfAnotherEngineAreRefusedByItsName() {
        assertThatThrownBy(() -> hosted("1").select("b").collect(engine())).hasMessage("""
                UNSUPPORTED_BY_ENGINE: Cannot run hosted(elsewhere) on the engine '%s': its rows live in the engine 'elsewhere'
                  Run the dataflow on the engine that made it, or write the rows to Parquet or CSV there and read these files
                  step 1 of 2""".formatted(engine().name()));
    }

    @Test
    default void rowsOfAnEngineAreNotSaved() {
        assertThatThrownBy(() -> hosted("1").select("b").toJson()).hasMessage("""
                UNSUPPORTED_BY_ENGINE: Cannot save hosted(elsewhere): its rows live in the engine 'elsewhere'
                  Write the rows to Parquet or CSV first, and save a dataflow that reads these files""");
    }

    @Test
    default void rowsOfAnEngineAreEqualWhenTheyAreTheSame() {
        assertThat(hosted("1").limit(1).node()).isEqualTo(hosted("1").limit(1).node());
        assertThat(hosted("1").node()).isNotEqualTo(hosted("2").node());
    }
}
