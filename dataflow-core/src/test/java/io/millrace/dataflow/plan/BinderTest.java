package io.millrace.dataflow.plan;

import static io.millrace.dataflow.expr.Expr.call;
import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.schema.Schema.Field.optional;
import static io.millrace.dataflow.schema.Schema.Field.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BinderTest {
    private static final Binder.SchemaInference NEVER = (source, options) -> {
        throw new AssertionError("the schema is known");
    };

    private static Dataflow birds() {
        return Dataflow.rows(StepExamples.BIRDS, List.of());
    }

    private static Schema schema(Dataflow dataflow) {
        return Binder.bind(dataflow.node(), NEVER).schema();
    }

    @Test
    void whatWasBoundForTheSchemaIsThePlan() {
        Node node = birds().withColumn("double", col("mass").times(2)).node();
        List<Schema> inputs = List.of(StepExamples.BIRDS);
        assertThat(Binder.schema(node, inputs))
                .isSameAs(Binder.bind(node, NEVER).schema())
                .isEqualTo(Binder.schema(node.step(), inputs));
    }

    @Test
    void aStepIsBoundAnewOverOtherColumns() {
        Node node = birds().withColumn("double", col("mass").times(2)).node();
        Schema other = Schema.of(optional("mass", INT64));
        assertThat(Binder.schema(node, List.of(other)))
                .isEqualTo(Schema.of(optional("mass", INT64), optional("double", INT64)));
        assertThat(Binder.bind(node, NEVER).schema())
                .isEqualTo(Binder.schema(node.step(), List.of(StepExamples.BIRDS)));
    }

    @Nested
    class Schemas {
        @Test
        void selectKeepsTheOrderAsked() {
            assertThat(schema(birds().select("mass", "id")))
                    .isEqualTo(Schema.of(optional("mass", FLOAT64), required("id", INT64)));
        }

        @Test
        void withColumnReplacesInPlace() {
            assertThat(schema(birds().withColumn("species", col("mass").isNull()))
                            .field(1))
                    .isEqualTo(required("species", BOOL));
        }

        @Test
        void renameKeepsThePlace() {
            assertThat(schema(birds().rename("species", "kind")).names())
                    .containsExactly("id", "kind", "mass", "cost", "seen", "at");
        }

        @Test
        void joinNamesTakenColumnsAfterTheRight() {
            Dataflow right = Dataflow.rows(
                    Schema.of(required("id", INT64), required("mass", FLOAT64), required("mass_right", TEXT)),
                    List.of());

            assertThat(schema(birds().select("id", "mass").leftJoin(right, "id")))
                    .isEqualTo(Schema.of(
                            required("id", INT64),
                            optional("mass", FLOAT64),
                            optional("mass_right", FLOAT64),
                            optional("mass_right_right", TEXT)));
        }

        @Test
        void unionMatchesColumnsByName() {
            Plan plan = Binder.bind(
                    birds().select("id", "mass")
                            .union(birds().select("mass", "id"))
                            .node(),
                    NEVER);

            assertThat(plan.schema().names()).containsExactly("id", "mass");
            assertThat(plan.stages().get(plan.stages().size() - 2).operator()).isInstanceOf(Operator.Project.class);
        }

        @Test
        void aggregatesHaveTheTypesOfTheirKinds() {
            Schema schema = schema(birds().groupBy("species")
                    .aggregate(
                            Aggregate.count(),
                            Aggregate.sum("cost"),
                            Aggregate.mean("id"),
                            Aggregate.max("seen"),
                            Aggregate.countDistinct("mass")));

            assertThat(schema)
                    .isEqualTo(Schema.of(
                            optional("species", TEXT),
                            required("count", INT64),
                            optional("sum_cost", decimal(38, 2)),
                            optional("mean_id", FLOAT64),
                            optional("max_seen", DATE),
                            required("count_distinct_mass", INT64)));
        }

        @Test
        void aggregatesOfExpressionsAreProjectedFirst() {
            Aggregate twice = new Aggregate(
                    Aggregate.Kind.SUM, java.util.Optional.of(col("id").times(2)), "id");

            Plan plan = Binder.bind(birds().groupBy().aggregate(twice).node(), NEVER);

            assertThat(plan.schema()).isEqualTo(Schema.of(optional("id", INT64)));
            assertThat(plan.stages()).hasSize(3);
        }

        @Test
        void inferenceRunsOncePerSource() {
            AtomicInteger calls = new AtomicInteger();
            Dataflow csv = Dataflow.readCsv("birds.csv");

            Plan plan = Binder.bind(csv.limit(1).union(csv).node(), (source, options) -> {
                calls.incrementAndGet();
                return StepExamples.BIRDS;
            });

            assertThat(calls).hasValue(1);
            assertThat(plan.schema()).isEqualTo(StepExamples.BIRDS);
        }

        @Test
        void aChainOfTwoThousandStepsIsPlanned() {
            Dataflow dataflow = birds().select("id");
            for (int i = 0; i < 2_000; i++) {
                dataflow = dataflow.withColumn("c" + i, col("id").plus(i));
            }

            Plan plan = Binder.bind(dataflow.node(), NEVER);

            assertThat(plan.schema().size()).isEqualTo(2_001);
            assertThat(dataflow.node().fingerprint()).hasSize(64);
            assertThat(PlanJson.read(dataflow.toJson(), java.nio.file.Path.of("")))
                    .isEqualTo(dataflow.node());
        }

        @Test
        void aDiamondOfSharedInputsIsPlannedOnce() {
            Dataflow dataflow = birds();
            for (int i = 0; i < 40; i++) {
                dataflow = dataflow.union(dataflow);
            }

            assertThat(Binder.bind(dataflow.node(), NEVER).stages()).hasSize(41);
            assertThat(dataflow.node().hashCode()).isEqualTo(dataflow.node().hashCode());
        }
    }

    @Nested
    class Types {
        private DataType typeOf(Expr expr) {
            return schema(birds().select("id", "species", "mass", "cost", "seen", "at")
                            .withColumn("x", expr))
                    .field("x", "the test")
                    .type();
        }

        @Test
        void numbersMeetInTheTypeThatHoldsBoth() {
            assertThat(typeOf(col("id").plus(1))).isEqualTo(INT64);
            assertThat(typeOf(col("id").plus(1.5))).isEqualTo(FLOAT64);
            assertThat(typeOf(col("cost").plus(1))).isEqualTo(decimal(38, 2));
            assertThat(typeOf(col("id").dividedBy(2))).isEqualTo(FLOAT64);
        }

        @Test
        void datesMeetInstants() {
            assertThat(typeOf(col("seen").lt(col("at")))).isEqualTo(BOOL);
            assertThat(typeOf(col("at").orElse(col("seen")))).isEqualTo(TIMESTAMP);
        }

        @Test
        void bareNullsTakeTheTypeOfTheirNeighbours() {
            assertThat(typeOf(when(col("mass").gt(1)).then(null).otherwise(3))).isEqualTo(INT64);
            assertThat(typeOf(lit(null))).isEqualTo(TEXT);
            assertThat(typeOf(lit(null).cast(DATE))).isEqualTo(DATE);
        }

        @Test
        void constantsAreConvertedWhenBound() {
            Plan plan = Binder.bind(birds().filter(col("mass").gt(1)).node(), NEVER);

            assertThat(plan.result().operator())
                    .isEqualTo(new Operator.Filter(new TypedExpr.Call(
                            Function.GT,
                            List.of(new TypedExpr.Input(2, FLOAT64, true), new TypedExpr.Constant(1.0, FLOAT64)),
                            BOOL,
                            true)));
        }
    }

    @Nested
    class Mistakes {
        @Test
        void anUnknownColumnIsReportedAtTheLineThatNamesIt() {
            assertThatThrownBy(() -> birds().filter(col("mas").gt(30))).hasMessageMatching("""
                            UNKNOWN_COLUMN: Cannot find column 'mas' for filter\\(mas > 30\\)
                              at BinderTest.java:\\d+
                              Did you mean 'mass'\\?
                              Columns here: id, species, mass, cost, seen, at""");
        }

        @Test
        void allUnknownColumnsAreReportedAtOnce() {
            assertThatThrownBy(() -> schema(birds().select("mas", "kind", "id")))
                    .hasMessageMatching("""
                            UNKNOWN_COLUMN: Cannot find columns 'mas', 'kind' for select\\(mas, kind, id\\)
                              at BinderTest.java:\\d+
                              Did you mean 'mass' for 'mas'\\?
                              Columns here: id, species, mass, cost, seen, at""");
        }

        @Test
        void withoutASchemaTheStepAndLineAreReportedWhenPlanned() {
            Dataflow dataflow = Dataflow.readCsv("birds.csv").limit(3).drop("masss");

            assertThatThrownBy(() -> Binder.bind(dataflow.node(), (source, options) -> StepExamples.BIRDS))
                    .hasMessageMatching("""
                            UNKNOWN_COLUMN: Cannot find column 'masss' for drop\\(masss\\)
                              step 3 of 3, at BinderTest.java:\\d+
                              Did you mean 'mass'\\?
                              Columns here: id, species, mass, cost, seen, at""");
        }

        @Test
        void comparingTextWithANumberSaysHowToCast() {
            assertThatThrownBy(() -> birds().filter(col("species").gt(3))).hasMessageMatching("""
                            TYPE_MISMATCH: Cannot compare text with int64 in \\(species > 3\\)
                              at BinderTest.java:\\d+
                              Cast one side, for example col\\("species"\\).cast\\(INT64\\)""");
        }

        @Test
        void functionsSayWhatTheyWereGiven() {
            assertThatThrownBy(() -> birds().withColumn("x", col("id").text().lower()))
                    .hasMessageContaining("TYPE_MISMATCH: Cannot apply 'lower' to (int64) in lower(id)");
            assertThatThrownBy(() -> birds().withColumn("x", call("lowr", col("species"))))
                    .hasMessageContaining("UNKNOWN_FUNCTION: Cannot find function 'lowr' for lowr(species)")
                    .hasMessageContaining("Did you mean 'lower'?");
            assertThatThrownBy(() -> birds().withColumn("x", col("seen").plus(1)))
                    .hasMessageContaining("TYPE_MISMATCH: Cannot apply 'add' to (date, int64) in (seen + 1)");
        }

        @Test
        void castsThatNoValueAllowsAreRefused() {
            assertThatThrownBy(() -> birds().cast("seen", INT64)).hasMessageMatching("""
                            TYPE_MISMATCH: Cannot cast date to int64 in cast\\(seen, int64\\)
                              at BinderTest.java:\\d+
                              Numbers and bool become each other, dates become timestamps, and everything becomes text""");
            assertThatThrownBy(() -> birds().filter(col("id").cast(DATE).isNull()))
                    .hasMessageContaining("TYPE_MISMATCH: Cannot cast int64 to date in cast(id as date)");
        }

        @Test
        void conditionsMustBeTrueOrFalse() {
            assertThatThrownBy(() -> birds().filter(col("id")))
                    .hasMessageContaining("TYPE_MISMATCH: Cannot use int64 as a condition in filter(id)");
            assertThatThrownBy(() ->
                            birds().withColumn("x", when(col("id")).then(1).end()))
                    .hasMessageContaining("TYPE_MISMATCH: Cannot use int64 as a condition in case when id then 1 end");
        }

        @Test
        void twoColumnsOfOneNameAreRefused() {
            assertThatThrownBy(() -> birds().rename("mass", "id"))
                    .hasMessageContaining("DUPLICATE_COLUMN: Cannot have two columns named 'id'")
                    .hasMessageContaining("columns 1 and 3 of 6");
        }

        @Test
        void nullsAreFilledWithTheTypeOfTheColumn() {
            assertThatThrownBy(() -> birds().fillNull("id", 1.5))
                    .hasMessageContaining(
                            "TYPE_MISMATCH: Cannot fill the nulls of int64 column 'id' with 1.5 in fillNull(id, 1.5)");
        }

        @Test
        void aUnionReportsEveryDifference() {
            Dataflow other = Dataflow.rows(Schema.of(required("id", TEXT), required("extra", INT64)), List.of());

            assertThatThrownBy(() -> birds().select("id", "mass").union(other)).hasMessageMatching("""
                            TYPE_MISMATCH: Cannot put the rows of input 2 after those of the first in union\\(\\)
                              at BinderTest.java:\\d+
                              Column 'id' is int64 in the first and text in the other
                              Column 'mass' is only in the first
                              Column 'extra' is only in the other""");
        }

        @Test
        void columnsCannotBeDoubledWithoutEnd() {
            Dataflow wide = birds();
            for (int i = 0; i < 14; i++) {
                wide = wide.appendColumns(wide);
            }
            Dataflow widest = wide;

            assertThatThrownBy(() -> widest.appendColumns(widest)).hasMessageMatching("""
                            INVALID_ARGUMENT: Cannot bind appendColumns\\(\\): its inputs have 196608 columns together; it may have at most 100000
                              at BinderTest.java:\\d+""");
        }

        @Test
        void everyColumnCannotBeDropped() {
            assertThatThrownBy(() -> birds().select("id").drop("id"))
                    .hasMessageContaining("INVALID_ARGUMENT: Cannot drop every column in drop(id)");
        }
    }
}
