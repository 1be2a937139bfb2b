package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes the operators of a plan. Row-wise ones that follow each other become one, and one with the scan they follow. */
final class PlanCompiler {
    private final Plan plan;
    private final Run run;
    private final Pipeline pipeline;
    /** By stage: how often its rows are read, and by which stage at last. */
    private final int[] uses;

    private final int[] reader;
    /** By stage: the number of its operator in the pipeline. */
    private final int[] numbers;

    private PlanCompiler(Plan plan, Run run) {
        this.plan = plan;
        this.run = run;
        this.pipeline = new Pipeline(plan.schema(), run);
        int size = plan.stages().size();
        this.uses = new int[size];
        this.reader = new int[size];
        this.numbers = new int[size];
    }

    static Pipeline compile(Plan plan, Run run) {
        PlanCompiler compiler = new PlanCompiler(plan, run);
        compiler.addAll();
        return compiler.pipeline;
    }

    private void addAll() {
        for (Plan.Stage stage : plan.stages()) {
            for (int input : stage.inputs()) {
                uses[input]++;
                reader[input] = stage.id();
            }
        }
        int result = plan.result().id();
        uses[result]++;
        for (Plan.Stage stage : plan.stages()) {
            boolean joinsItsReader = stage.id() != result
                    && uses[stage.id()] == 1
                    && isRowWise(plan.stages().get(reader[stage.id()]).operator())
                    && (isRowWise(stage.operator()) || stage.operator() instanceof Operator.Scan);
            if (uses[stage.id()] > 0 && !joinsItsReader) {
                numbers[stage.id()] = add(stage);
            }
        }
        pipeline.resultOf(numbers[result]);
    }

    private int add(Plan.Stage stage) {
        if (!isRowWise(stage.operator())) {
            List<Integer> inputs =
                    stage.inputs().stream().map(input -> numbers[input]).toList();
            List<Schema> schemas = stage.inputs().stream()
                    .map(input -> plan.stages().get(input).schema())
                    .toList();
            return added(OperatorMaker.make(stage, schemas, run), inputs, List.of(stage.id()));
        }
        Deque<Plan.Stage> chain = new ArrayDeque<>();
        chain.push(stage);
        Plan.Stage below = plan.stages().get(stage.inputs().get(0));
        while (isRowWise(below.operator()) && uses[below.id()] == 1) {
            chain.push(below);
            below = plan.stages().get(below.inputs().get(0));
        }
        RowProgram program = RowProgram.of(
                below.schema(), chain.stream().map(PlanCompiler::instruction).toList());
        List<Integer> planned =
                new ArrayList<>(chain.stream().map(Plan.Stage::id).toList());
        if (below.operator() instanceof Operator.Scan scan && uses[below.id()] == 1) {
            planned.add(0, below.id());
            return added(new ScanOperator(scan, below.text(), program, run), List.of(), planned);
        }
        return added(new RowsOperator(program, run), List.of(numbers[below.id()]), planned);
    }

    private int added(BatchOperator operator, List<Integer> inputs, List<Integer> planned) {
        int number = pipeline.add(operator, inputs);
        pipeline.does(number, planned);
        return number;
    }

    private static RowProgram.Instruction instruction(Plan.Stage stage) {
        return new RowProgram.Instruction(stage.operator(), stage.schema(), stage.text());
    }

    private static boolean isRowWise(Operator operator) {
        return operator instanceof Operator.Project || operator instanceof Operator.Filter;
    }
}
