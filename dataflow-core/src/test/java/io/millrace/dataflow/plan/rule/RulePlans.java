package io.millrace.dataflow.plan.rule;

import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;

/** Plans over files that nobody reads, and what a rule makes of them. */
final class RulePlans {
    static final Schema SCHEMA =
            Schema.of(Field.optional("a", INT64), Field.optional("b", TEXT), Field.optional("f", FLOAT64));

    private RulePlans() {}

    /** The rows of a file with the columns a, b and f. */
    static Dataflow scan(String file) {
        return Dataflow.readCsv(file, csv -> csv.schema(SCHEMA));
    }

    /** A function of column a of which nothing is known. */
    static Expr unknown() {
        return Expr.user(UserFunction.of("mystery", INT64, row -> row.value("a")), "a");
    }

    static Plan bound(Dataflow dataflow) {
        return Binder.bind(dataflow.node(), (source, options) -> SCHEMA);
    }

    static String before(Dataflow dataflow) {
        return OperatorText.of(bound(dataflow));
    }

    static String after(Rule rule, Dataflow dataflow) {
        Plan plan = bound(dataflow);
        Plan rewritten = rule.apply(plan);
        assertThat(rewritten.schema()).isEqualTo(plan.schema());
        return OperatorText.of(rewritten);
    }

    static void assertUnchanged(Rule rule, Dataflow dataflow) {
        assertThat(after(rule, dataflow)).isEqualTo(before(dataflow));
    }
}
