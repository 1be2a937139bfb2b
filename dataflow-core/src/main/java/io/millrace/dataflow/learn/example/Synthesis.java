package io.millrace.dataflow.learn.example;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the programs that make the wanted texts of all examples of their sources. */
public final class Synthesis {
    private Synthesis() {}

    /**
     * The likeliest programs, the best first, whatever the order of the examples; none when there is none of the kind that
     * is looked for. Every program reads at least one source. The work is bounded, and the same everywhere.
     *
     * @param sources at least one, each with a value for every example
     * @param wanted the text of every example, none of them empty
     * @param most how many programs at most
     */
    public static List<Program> programs(List<SourceCells> sources, List<String> wanted, int most) {
        List<List<String>> texts = sources.stream()
                .map(source -> source.values().stream().map(CellValues::text).toList())
                .toList();
        List<Integer> order = IntStream.range(0, wanted.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> wanted.get(i))
                        .thenComparing(i ->
                                texts.stream().map(each -> each.get(i)).toList().toString()))
                .toList();
        List<String> ordered = order.stream().map(wanted::get).toList();
        Candidates candidates = new Candidates(ordered);
        TextFragments ofTexts = new TextFragments(candidates, ordered);
        NumberFragments ofNumbers = new NumberFragments(candidates);
        TimeFragments ofTimes = new TimeFragments(candidates);
        for (int i = 0; i < sources.size(); i++) {
            SourceCells source = sources.get(i);
            List<String> own = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            for (int example : order) {
                own.add(texts.get(i).get(example));
                values.add(source.values().get(example));
            }
            Expr column = col(source.column());
            String name = column.toString();
            boolean isText = source.type() instanceof DataType.Text;
            Expr text = isText ? column : column.cast(DataTypes.TEXT);
            Fragment whole = Fragment.of(text, name, 2, own);
            if (isText && own.stream().noneMatch(String::isEmpty)) {
                ofTexts.addAll(whole);
                ofNumbers.addText(column, name, own);
                ofTimes.addText(column, name, own);
            } else if (source.type().isNumeric()) {
                ofTexts.addAll(whole);
                ofNumbers.addAll(column, name, values);
            } else if (source.type() instanceof DataType.Date || source.type() instanceof DataType.Timestamp) {
                ofTexts.addForms(whole);
                ofTimes.addAll(column, name, values);
            } else if (!isText) {
                ofTexts.addForms(whole);
            }
        }
        return new ProgramSearch(ordered, candidates, most).run();
    }
}
