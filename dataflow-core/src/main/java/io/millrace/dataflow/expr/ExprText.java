package io.millrace.dataflow.expr;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes expressions as messages and {@code explain} show them. */
final class ExprText implements Expr.Visitor<StringBuilder> {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("eq", "="),
            Map.entry("ne", "<>"),
            Map.entry("lt", "<"),
            Map.entry("le", "<="),
            Map.entry("gt", ">"),
            Map.entry("ge", ">="),
            Map.entry("and", "and"),
            Map.entry("or", "or"),
            Map.entry("add", "+"),
            Map.entry("subtract", "-"),
            Map.entry("multiply", "*"),
            Map.entry("divide", "/"),
            Map.entry("floor_divide", "//"),
            Map.entry("mod", "%"));

    /** As deep as an expression of a step may be; what is deeper is not written. */
    private static final int MOST_LEVELS = 1_000;
    /** Parts that are used many times would be written as often. */
    private static final int LONGEST = 1 << 20;

    private final StringBuilder text = new StringBuilder();
    private int levels;

    private ExprText() {}

    static String of(Expr expr) {
        ExprText text = new ExprText();
        text.write(expr);
        return text.text.toString();
    }

    static String column(String name) {
        return PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private void write(Expr expr) {
        if (levels == MOST_LEVELS || text.length() > LONGEST) {
            text.append('…');
            return;
        }
        levels++;
        expr.accept(this);
        levels--;
    }

    @Override
    public StringBuilder visit(Expr.Column column) {
        text.append(column(column.name()));
        return text;
    }

    @Override
    public StringBuilder visit(Expr.Literal literal) {
        text.append(Literals.text(literal.value()));
        return text;
    }

    @Override
    public StringBuilder visit(Expr.Call call) {
        String operator = OPERATORS.get(call.function());
        if (operator != null && call.arguments().size() == 2) {
            text.append('(');
            write(call.arguments().get(0));
            text.append(' ').append(operator).append(' ');
            write(call.arguments().get(1));
            text.append(')');
        } else {
            writeCall(call.function(), call.arguments());
        }
        return text;
    }

    @Override
    public StringBuilder visit(Expr.Apply apply) {
        writeCall(
                apply.function().name(), apply.columns().stream().map(Expr::col).toList());
        return text;
    }

    @Override
    public StringBuilder visit(Expr.Cast cast) {
        text.append("cast(");
        write(cast.input());
        text.append(" as ").append(cast.to()).append(')');
        return text;
    }

    @Override
    public StringBuilder visit(Expr.Case choice) {
        text.append("case");
        for (Expr.Case.Branch branch : choice.branches()) {
            text.append(" when ");
            write(branch.condition());
            text.append(" then ");
            write(branch.value());
        }
        choice.otherwise().ifPresent(value -> {
            text.append(" else ");
            write(value);
        });
        text.append(" end");
        return text;
    }

    private void writeCall(String function, List<Expr> arguments) {
        text.append(function).append('(');
        for (int i = 0; i < arguments.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            write(arguments.get(i));
        }
        text.append(')');
    }
}
