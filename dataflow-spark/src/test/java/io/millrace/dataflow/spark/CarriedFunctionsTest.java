package io.millrace.dataflow.spark;

import static io.millrace.dataflow.expr.Expr.user;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.UserFunction;
import org.junit.jupiter.api.Test;

class CarriedFunctionsTest {
    @Test
    void aFunctionThatHoldsWhatCannotBeSentIsRefusedWithTheReason() {
        Object lock = new Object();
        UserFunction held = UserFunction.of("held", INT64, row -> (long) lock.hashCode());
        Dataflow dataflow = rows("n").of(1).withColumn("n", user(held, "n"));

        assertThatThrownBy(() -> dataflow.collect(SparkEngine.on(TestSession.session())))
                .isInstanceOf(DataflowException.class)
                .hasMessage("UNSUPPORTED_BY_ENGINE: Cannot send user function 'held' to Spark's executors: it holds a"
                        + " java.lang.Object, which is not serializable\n"
                        + "  Let its lambda use nothing but its row and serializable values, or register it by name on"
                        + " every executor with a UserFunctionProvider");
    }
}
