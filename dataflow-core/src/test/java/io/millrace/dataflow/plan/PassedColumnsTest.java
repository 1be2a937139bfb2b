package io.millrace.dataflow.plan;

import static io.millrace.dataflow.schema.DataTypes.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PassedColumnsTest {
    private static final Schema INPUT =
            Schema.of(Field.optional("a", INT64), Field.required("b", INT64), Field.optional("c", INT64));
    private static final TypedExpr ONE = new TypedExpr.Constant(1L, INT64);

    private static TypedExpr input(int index) {
        return StepInputs.pass(INPUT, index);
    }

    @Test
    void theyEqualTheSameColumnsInAList() {
        List<TypedExpr> replaced = List.of(input(0), ONE, input(2));
        List<TypedExpr> added = List.of(input(0), input(1), input(2), ONE);
        assertThat(new Operator.Project(PassedColumns.of(INPUT, 1, ONE))).isEqualTo(new Operator.Project(replaced));
        assertThat(new Operator.Project(PassedColumns.of(INPUT, 3, ONE))).isEqualTo(new Operator.Project(added));
        assertThat(PassedColumns.of(INPUT, 3, ONE)).hasSameHashCodeAs(added);
        assertThat(replaced).isEqualTo(PassedColumns.of(INPUT, 1, ONE));
    }

    @Test
    void aColumnInItsOwnPlaceIsNoChange() {
        assertThat(new Operator.Project(PassedColumns.of(INPUT, 1, input(1))).changed())
                .isEmpty();
        assertThat(new Operator.Project(PassedColumns.of(INPUT, 1, input(0))).changed())
                .containsExactly(1);
        assertThat(new Operator.Project(PassedColumns.of(INPUT, 3, input(1))).changed())
                .containsExactly(3);
    }

    @Test
    void theChangedColumnsOfAListAreThoseInOtherPlaces() {
        Operator.Project project = new Operator.Project(List.of(input(0), input(0), ONE));
        assertThat(project.changed()).containsExactly(1, 2);
        assertThat(project.changedColumns()).containsExactly(input(0), ONE);
    }

    @Test
    void onlyChangedColumnsAreMapped() {
        UnaryOperator<TypedExpr> second = column -> new TypedExpr.Constant(2L, INT64);
        TypedExpr two = second.apply(ONE);
        for (List<TypedExpr> columns :
                List.of(PassedColumns.of(INPUT, 1, ONE), new ArrayList<>(PassedColumns.of(INPUT, 1, ONE)))) {
            Operator.Project project = new Operator.Project(columns);
            assertThat(project.mapped(second).columns()).containsExactly(input(0), two, input(2));
            assertThat(project.mapped(column -> input(1)).columns()).containsExactly(input(0), input(1), input(2));
            assertThat(project.mapped(column -> input(1)).changed()).isEmpty();
            assertThat(project.mapped(column -> column)).isSameAs(project);
        }
    }
}
