package io.millrace.dataflow.expr;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How expressions are written in messages and in {@code explain}. */
final class ExprText {
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

    private ExprText() {}

    static String column(String name) {
        return PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String call(String function, List<Expr> arguments) {
        String operator = OPERATORS.get(function);
        if (operator != null && arguments.size() == 2) {
            return "(" + arguments.get(0) + " " + operator + " " + arguments.get(1) + ")";
        }
        StringBuilder text = new StringBuilder(function).append('(');
        for (int i = 0; i < arguments.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(arguments.get(i));
        }
        return text.append(')').toString();
    }
}
