package io.millrace.dataflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.plan.Function;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every engine does the same. A test class implements {@link #engine} and inherits the tests.
 *
 * <p>Every step leaves the rows in an order, which some tests do not assert.
 */
public interface EngineContract
        extends RowStepsContract,
                ColumnsContract,
                ValuesContract,
                SamplingContract,
                TableStepsContract,
                FromTableContract,
                JoinContract,
                UnionContract,
                ReshapeContract,
                GroupContract,
                AggregateContract,
                WindowContract,
                FrameContract,
                LogicContract,
                ArithmeticContract,
                MathContract,
                ChoiceContract,
                TextTimeContract,
                TextPartsContract,
                PatternContract,
                TimeContract,
                TimePatternContract,
                CastContract,
                CellErrorContract,
                ErrorValuesContract,
                LiteralContract,
                WholeInputContract,
                NestedContract,
                JsonContract,
                UserFunctionContract,
                LearntStepsContract,
                DerivedColumnContract,
                ColumnTypesContract,
                SplitColumnContract,
                LearntLawsContract,
                SpellingsContract,
                JoiningContract,
                ScanContract,
                CsvOptionsContract,
                FormatContract,
                QuarantineContract,
                ProfileContract,
                HostedContract,
                OutputContract {

    @Test
    default void everyFunctionStepAndAggregateHasATest() {
        List<Function> functions = new ArrayList<>();
        List<Class<?>> steps = new ArrayList<>();
        List<Aggregate.Kind> aggregates = new ArrayList<>();
        List<WindowFunction.Kind> windows = new ArrayList<>();
        for (Method method : EngineContract.class.getMethods()) {
            Checks checks = method.getAnnotation(Checks.class);
            if (checks != null && method.isAnnotationPresent(Test.class)) {
                functions.addAll(Arrays.asList(checks.functions()));
                steps.addAll(Arrays.asList(checks.steps()));
                aggregates.addAll(Arrays.asList(checks.aggregates()));
                windows.addAll(Arrays.asList(checks.windows()));
            }
        }

        assertThat(functions).contains(Function.values());
        assertThat(steps).containsAll(StepTypes.all());
        assertThat(aggregates).contains(Aggregate.Kind.values());
        assertThat(windows).contains(WindowFunction.Kind.values());
    }
}
