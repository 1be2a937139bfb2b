package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns row-wise operators into a {@link RowCode}. Walks expressions with a loop, however deep they are. */
final class RowCompiler {
    private static final int[] NONE = new int[0];

    private final List<RowCode.Operation> operations = new ArrayList<>();
    private final BitSet constants = new BitSet();
    private int registers;

    private RowCompiler(int inputs) {
        registers = inputs;
    }

    static RowCode compile(Schema input, List<RowProgram.Instruction> instructions) {
        RowCompiler compiler = new RowCompiler(input.size());
        int[] columns = new int[input.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i;
        }
        for (int number = 0; number < instructions.size(); number++) {
            RowProgram.Instruction instruction = instructions.get(number);
            IdentityHashMap<TypedExpr, Integer> compiled = new IdentityHashMap<>();
            if (instruction.operator() instanceof Operator.Project project) {
                int[] next = Arrays.copyOf(columns, project.columns().size());
                for (int i : project.changed()) {
                    next[i] = compiler.expression(project.columns().get(i), columns, instruction.text(), compiled);
                }
                columns = next;
            } else {
                Operator.Filter filter = (Operator.Filter) instruction.operator();
                int predicate = compiler.expression(filter.predicate(), columns, instruction.text(), compiled);
                compiler.operations.add(new RowCode.Keep(number, predicate, NONE, NONE));
            }
        }
        return compiler.withoutTheUnused(input.size(), columns);
    }

    /** The register that holds the value of {@code root}. */
    private int expression(TypedExpr root, int[] columns, String step, IdentityHashMap<TypedExpr, Integer> compiled) {
        if (root instanceof TypedExpr.Input input) {
            // Most columns of most projections: what is passed on needs no map.
            return columns[input.index()];
        }
        Deque<TypedExpr> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            TypedExpr top = open.getFirst();
            if (compiled.containsKey(top)) {
                open.pop();
                continue;
            }
            List<TypedExpr> arguments = top.arguments();
            boolean ready = true;
            for (int i = arguments.size() - 1; i >= 0; i--) {
                if (!compiled.containsKey(arguments.get(i))) {
                    open.push(arguments.get(i));
                    ready = false;
                }
            }
            if (ready) {
                open.pop();
                compiled.put(top, emit(top, arguments, columns, step, compiled));
            }
        }
        return Objects.requireNonNull(compiled.get(root));
    }

    private int emit(
            TypedExpr expression,
            List<TypedExpr> arguments,
            int[] columns,
            String step,
            IdentityHashMap<TypedExpr, Integer> compiled) {
        if (expression instanceof TypedExpr.Input input) {
            return columns[input.index()];
        }
        if (expression instanceof TypedExpr.Constant constant) {
            int target = registers++;
            constants.set(target);
            operations.add(new RowCode.Load(target, constant.type(), constant.value(), NONE));
            return target;
        }
        int[] sources = arguments.stream()
                .mapToInt(argument -> Objects.requireNonNull(compiled.get(argument)))
                .toArray();
        Kernel kernel = kernel(expression);
        if (kernel == null) {
            return sources[0];
        }
        int target = registers++;
        operations.add(new RowCode.Apply(target, expression.type(), kernel, sources, step, NONE));
        return target;
    }

    /** The kernel of a call, cast or case; null for a cast that changes nothing. */
    private static @Nullable Kernel kernel(TypedExpr expression) {
        if (expression instanceof TypedExpr.Call call) {
            return Kernels.of(call);
        }
        if (expression instanceof TypedExpr.Apply apply) {
            return UserKernel.of(apply);
        }
        if (expression instanceof TypedExpr.Cast cast) {
            DataType from = cast.input().type();
            return from.equals(cast.type()) ? null : Casts.of(from, cast.type());
        }
        return Logic.choice();
    }

    /** Goes backwards over the operations: leaves out those whose result nothing reads, and notes last uses. */
    private RowCode withoutTheUnused(int inputs, int[] outputs) {
        BitSet live = new BitSet();
        for (int register : outputs) {
            live.set(register);
        }
        List<RowCode.Operation> kept = new ArrayList<>();
        for (int i = operations.size() - 1; i >= 0; i--) {
            RowCode.Operation operation = operations.get(i);
            if (operation instanceof RowCode.Apply apply) {
                if (live.get(apply.target())) {
                    live.clear(apply.target());
                    int[] dying = lastUses(live, apply.arguments());
                    kept.add(new RowCode.Apply(
                            apply.target(), apply.type(), apply.kernel(), apply.arguments(), apply.step(), dying));
                }
            } else if (operation instanceof RowCode.Load load) {
                if (live.get(load.target())) {
                    live.clear(load.target());
                    kept.add(load);
                }
            } else if (operation instanceof RowCode.Keep keep) {
                int[] columns = live.stream()
                        .filter(register -> !constants.get(register))
                        .toArray();
                kept.add(new RowCode.Keep(
                        keep.instruction(), keep.predicate(), columns, lastUses(live, keep.predicate())));
            }
        }
        Collections.reverse(kept);
        boolean[] constant = new boolean[registers];
        constants.stream().forEach(register -> constant[register] = true);
        int[] used = live.stream().filter(register -> register < inputs).toArray();
        return new RowCode(registers, used, List.copyOf(kept), outputs, constant);
    }

    /** The registers among {@code read} that nothing reads afterwards; all are live from then on. */
    private static int[] lastUses(BitSet live, int... read) {
        int[] last = Arrays.stream(read)
                .distinct()
                .filter(register -> !live.get(register))
                .toArray();
        for (int register : read) {
            live.set(register);
        }
        return last;
    }
}
