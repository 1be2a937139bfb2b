package io.millrace.dataflow.testing;

import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.learn.Learn;
import io.millrace.dataflow.learn.Learnt;
import io.millrace.dataflow.learn.Statistic;
import io.millrace.dataflow.local.LocalEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is learnt on one engine is learnt on every other. */
interface LearntLawsContract extends EngineFixture {
    @Test
    default void everyEngineLearnsTheSame() {
        Dataflow rows = someRows();
        try (LocalEngine local = LocalEngine.create().threads(2)) {
            List<Learnt> here = learnt(rows, local);
            List<Learnt> there = learnt(rows, engine());

            for (int i = 0; i < here.size(); i++) {
                assertThat(there.get(i)).hasToString(here.get(i).toString());
                TableAssert.Content expected = TableAssert.assertThat(
                                here.get(i).toDataflow().collect(local))
                        .content();
                assertThat(run(there.get(i).toDataflow()).content().rows()).isEqualTo(expected.rows());
                assertThat(run(there.get(i).toDataflow()).content().errors()).isEqualTo(expected.errors());
            }
        }
    }

    private static List<Learnt> learnt(Dataflow rows, Engine engine) {
        Learn learn = Learn.from(rows);
        return List.of(
                learn.impute("x", Statistic.MEAN).learn(engine),
                learn.impute("x", Statistic.MEDIAN).by("t", "n").learn(engine),
                learn.impute("t", Statistic.MODE).by("n").learn(engine),
                learn.oneHot("t").learn(engine),
                learn.labelEncode("n", "code").unknownAsError().learn(engine),
                learn.minMaxScale("x").learn(engine),
                learn.standardScale("n").learn(engine),
                learn.quantileTransform("x", "share").quantiles(11).learn(engine),
                learn.bins("x", "bin").byWidth(5).learn(engine),
                learn.bins("x", "bin").byQuantile(5).learn(engine));
    }

    /** Numbers that are summed without rounding, so that the order of the sum does not matter. */
    private static Dataflow someRows() {
        Random random = new Random(20_260_710);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String number = random.nextInt(9) == 0 ? "?" : String.valueOf(random.nextInt(400) / 4.0);
            rows.add(Arrays.asList(
                    random.nextInt(8) == 0 ? null : number,
                    random.nextInt(8) == 0 ? null : List.of("a", "b", "ä", "").get(random.nextInt(4)),
                    random.nextInt(8) == 0 ? null : (Object) (long) random.nextInt(5)));
        }
        return rows("x: text", "t: text", "n: int64").ofRows(rows).cast("x", FLOAT64);
    }
}
