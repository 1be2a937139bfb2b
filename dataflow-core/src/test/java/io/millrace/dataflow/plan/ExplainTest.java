package io.millrace.dataflow.plan;

import static io.millrace.dataflow.expr.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import org.junit.jupiter.api.Test;

class ExplainTest {
    @Test
    void explainShowsEachStepItsInputsAndItsColumns() {
        Dataflow dataflow = Dataflow.readCsv("birds.csv")
                .select("id", "species")
                .filter(col("species").eq("crow").or(col("id").lt(3)));

        assertThat(Explain.of(Binder.bind(dataflow.node(), (source, options) -> StepExamples.BIRDS)))
                .isEqualTo("""
                        0  readCsv(birds.csv)
                             id: int64 not null, species: text, mass: float64, cost: decimal(10, 2), seen: date, at: timestamp
                        1  select(id, species)  <- 0
                             id: int64 not null, species: text
                        2  filter((species = 'crow') or (id < 3))  <- 1
                             id: int64 not null, species: text
                        """);
    }
}
