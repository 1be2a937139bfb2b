package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.learn.example.TimeFormat;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts what the texts of columns can be read as: likely types and formats by the first rows, how many by all. */
final class TypeEvidence {
    private static final int SAMPLE = 1_000;
    private static final int FORMATS = 4;
    private static final int MISFITS = 3;
    private static final List<DataType> TYPES =
            List.of(DataTypes.BOOL, DataTypes.INT64, DataTypes.FLOAT64, DataTypes.DATE, DataTypes.TIMESTAMP);

    private final Dataflow dataflow;
    private final List<String> columns;
    private final double share;
    private final Engine engine;

    TypeEvidence(Dataflow dataflow, List<String> columns, double share, Engine engine) {
        this.dataflow = dataflow;
        this.columns = columns;
        this.share = share;
        this.engine = engine;
    }

    /** What is asked of every row of a column, by name. */
    private record Questions(
            String column, List<String> sample, List<TimeFormat> formats, Map<String, Aggregate> asked) {}

    /** What each column is. */
    List<TypeProposal> proposals() {
        List<Questions> questions = questions();
        Aggregate[] aggregates = questions.stream()
                .flatMap(each -> each.asked().values().stream())
                .toArray(Aggregate[]::new);
        Dataflow query = dataflow.groupBy().aggregate(Aggregate.count().as("rows"), aggregates);
        List<@Nullable Object> answers = Query.rows(query, engine).get(0);
        List<TypeProposal> proposals = new ArrayList<>();
        int next = 1;
        for (Questions each : questions) {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (String name : each.asked().keySet()) {
                Object answer = answers.get(next++);
                counts.put(name, answer == null ? 0 : (Long) answer);
            }
            TypeProposal proposal = new TypeVerdict(each.column(), each.sample(), each.formats(), counts, share).get();
            proposals.add(withMisfits(proposal));
        }
        return proposals;
    }

    private List<Questions> questions() {
        List<List<@Nullable Object>> rows =
                Query.rows(dataflow.select(columns.toArray(String[]::new)).limit(SAMPLE), engine);
        List<Questions> questions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Set<String> texts = new LinkedHashSet<>();
            for (List<@Nullable Object> row : rows) {
                Object text = row.get(i);
                if (text != null) {
                    texts.add((String) text);
                }
            }
            questions.add(questions(i, List.copyOf(texts)));
        }
        return questions;
    }

    private Questions questions(int number, List<String> sample) {
        Expr text = col(columns.get(number));
        Map<String, Expr> asked = new LinkedHashMap<>();
        asked.put(TypeVerdict.VALUES, text.isNotNull());
        asked.put(TypeVerdict.NULLS, text.isNull());
        asked.put(TypeVerdict.ERRORS, text.isError());
        boolean numbers = false;
        for (DataType type : TYPES) {
            if (sample.isEmpty() || isLikely(sample, value -> CellText.fits(value, type))) {
                asked.put(type.toString(), text.cast(type).isNotNull());
                numbers |= type.isNumeric();
            }
        }
        Map<String, Aggregate> aggregates = new LinkedHashMap<>();
        if (numbers) {
            asked.put(TypeVerdict.LEADING_ZEROS, text.text().matches("-?0[0-9]+(?:\\.[0-9]*)?"));
            asked.put(TypeVerdict.LEADING_PLUS, text.text().matches("\\+[0-9.]+"));
            asked.put(
                    TypeVerdict.BEYOND_INT64,
                    text.text()
                            .matches("-?[0-9]{19,}")
                            .and(text.cast(DataTypes.INT64).isError()));
            Expr digits =
                    text.text().replacePattern("^-?0*\\.?0*|[^0-9]+", "").text().length();
            asked.put(TypeVerdict.PLAIN, plain(text));
            asked.put(
                    TypeVerdict.LONG_DECIMALS,
                    text.text().matches("-?[0-9]*\\.[0-9]+").and(digits.gt(15)));
        }
        List<TimeFormat> formats = formats(sample);
        for (TimeFormat format : formats) {
            asked.put(format.pattern(), format.parse(text).isNotNull());
            if (format.order() == TimeFormat.Order.DAY_FIRST) {
                Expr other = format.otherOrder().orElseThrow().parse(text);
                asked.put(
                        TypeVerdict.either(format),
                        format.parse(text).isNotNull().or(other.isNotNull()));
            }
        }
        asked.forEach((name, predicate) ->
                aggregates.put(name, Aggregate.count().where(predicate).as(number + " " + name)));
        if (numbers) {
            Expr whole = text.text().before(".").text().replace("-", "").text().length();
            Expr scale = text.text().after(".").text().length();
            aggregates.put(
                    TypeVerdict.SCALE, Aggregate.max(scale).where(plain(text)).as(number + " " + TypeVerdict.SCALE));
            aggregates.put(
                    TypeVerdict.WHOLE, Aggregate.max(whole).where(plain(text)).as(number + " " + TypeVerdict.WHOLE));
        }
        return new Questions(columns.get(number), sample, formats, aggregates);
    }

    /** Whether a text is a number without an exponent. */
    private static Expr plain(Expr text) {
        return text.text().matches("-?[0-9]+(?:\\.[0-9]+)?|-?\\.[0-9]+");
    }

    /** The formats that read most of the sample, each with its other order. */
    private List<TimeFormat> formats(List<String> sample) {
        Map<TimeFormat, Long> counts = new LinkedHashMap<>();
        for (TimeFormat format : TimeFormat.ofSome(sample)) {
            if (isLikely(sample, format::fits)) {
                counts.put(format, sample.stream().filter(format::fits).count());
            }
        }
        List<TimeFormat> best = counts.keySet().stream()
                .sorted(Comparator.comparing((TimeFormat format) -> -counts.getOrDefault(format, 0L)))
                .limit(FORMATS)
                .toList();
        Set<TimeFormat> all = new LinkedHashSet<>();
        for (TimeFormat format : best) {
            boolean monthFirst = format.order() == TimeFormat.Order.MONTH_FIRST;
            all.add(monthFirst ? format.otherOrder().orElseThrow() : format);
            all.add(monthFirst ? format : format.otherOrder().orElse(format));
        }
        return List.copyOf(all);
    }

    /** Whether a third of the values fit, so that all rows are worth the question. */
    private static boolean isLikely(List<String> sample, Predicate<String> fits) {
        return sample.stream().filter(fits).count() * 3 >= sample.size();
    }

    private TypeProposal withMisfits(TypeProposal proposal) {
        boolean all = proposal.conversion().isEmpty()
                || proposal.fitting().orElse(0) == proposal.cells().values();
        if (all) {
            return proposal;
        }
        Expr text = col(proposal.column());
        Dataflow query = dataflow.select(proposal.column())
                .filter(text.isNotNull()
                        .and(proposal.conversion().get().of(text).isError()))
                .distinct()
                .limit(MISFITS);
        List<String> misfits = new ArrayList<>();
        for (List<@Nullable Object> row : Query.rows(query, engine)) {
            misfits.add(String.valueOf(row.get(0)));
        }
        return new TypeProposal(
                proposal.column(),
                proposal.conversion(),
                proposal.order(),
                proposal.cells(),
                proposal.fitting(),
                misfits,
                proposal.reason());
    }
}
