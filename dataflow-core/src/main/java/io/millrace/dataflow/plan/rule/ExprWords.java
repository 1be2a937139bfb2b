package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.Schema;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Bound expressions as text, each part cut short, so that the text of deep ones stays small. */
final class ExprWords implements TypedExpr.Visitor<String> {
    /** The most characters of one part. */
    private static final int LONGEST = 160;

    private static final Map<Function, String> SIGNS = Map.ofEntries(
            Map.entry(Function.EQ, "="),
            Map.entry(Function.NE, "<>"),
            Map.entry(Function.LT, "<"),
            Map.entry(Function.LE, "<="),
            Map.entry(Function.GT, ">"),
            Map.entry(Function.GE, ">="),
            Map.entry(Function.AND, "and"),
            Map.entry(Function.OR, "or"),
            Map.entry(Function.ADD, "+"),
            Map.entry(Function.SUBTRACT, "-"),
            Map.entry(Function.MULTIPLY, "*"),
            Map.entry(Function.DIVIDE, "/"));

    private final Schema input;
    private final IdentityHashMap<TypedExpr, String> words = new IdentityHashMap<>();

    private ExprWords(Schema input) {
        this.input = input;
    }

    /** The text of an expression over rows of these columns. */
    static String of(TypedExpr root, Schema input) {
        ExprWords texts = new ExprWords(input);
        for (TypedExpr part : ExprTree.parts(root)) {
            texts.words.put(part, cut(part.accept(texts), LONGEST));
        }
        return texts.word(root);
    }

    /** The text, with an ellipsis for what is too long. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }

    private String word(TypedExpr part) {
        return Objects.requireNonNull(words.get(part));
    }

    private String list(List<TypedExpr> parts) {
        return parts.stream().map(this::word).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String visit(TypedExpr.Input column) {
        return Expr.col(input.field(column.index()).name()).toString();
    }

    @Override
    public String visit(TypedExpr.Constant constant) {
        Object value = constant.value();
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : String.valueOf(value);
    }

    @Override
    public String visit(TypedExpr.Call call) {
        String sign = SIGNS.get(call.function());
        return sign != null && call.arguments().size() == 2
                ? "(" + word(call.arguments().get(0)) + " " + sign + " "
                        + word(call.arguments().get(1)) + ")"
                : call.function().catalogName() + list(call.arguments());
    }

    @Override
    public String visit(TypedExpr.Apply apply) {
        return apply.function().name() + list(apply.arguments());
    }

    @Override
    public String visit(TypedExpr.Cast cast) {
        return "cast(" + word(cast.input()) + " as " + cast.type() + ")";
    }

    @Override
    public String visit(TypedExpr.Case choice) {
        StringBuilder text = new StringBuilder("case");
        for (TypedExpr.Case.Branch branch : choice.branches()) {
            text.append(" when ")
                    .append(word(branch.condition()))
                    .append(" then ")
                    .append(word(branch.value()));
        }
        choice.otherwise().ifPresent(otherwise -> text.append(" else ").append(word(otherwise)));
        return text.append(" end").toString();
    }
}
