package example;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.learn.Bins;
import io.millrace.dataflow.learn.Impute;
import io.millrace.dataflow.learn.Joining;
import io.millrace.dataflow.learn.LabelEncode;
import io.millrace.dataflow.learn.Learn;
import io.millrace.dataflow.learn.MinMaxScale;
import io.millrace.dataflow.learn.OneHot;
import io.millrace.dataflow.learn.QuantileTransform;
import io.millrace.dataflow.learn.Spellings;
import io.millrace.dataflow.learn.StandardScale;
import io.millrace.dataflow.learn.Statistic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every line of Java in {@code docs/guides/learned-steps.md}. Each method gives what was learnt, then what is made of it. */
final class LearnedSteps {
    private LearnedSteps() {}

    static Map.Entry<Object, Dataflow> impute(Dataflow people, Engine engine) {
        Impute impute =
                Learn.from(people).impute("age", Statistic.MEDIAN).by("city").learn(engine);
        Dataflow filled = impute.withGroup(33, "Ulm").toDataflow();
        return Map.entry(impute, filled);
    }

    static Map.Entry<Object, Dataflow> replay(Dataflow people, Dataflow newPeople, Engine engine) {
        Impute impute = Learn.from(people).impute("age", Statistic.MEAN).learn(engine);
        Recipe recipe = impute.toRecipe();
        Dataflow later = newPeople.apply(recipe);
        return Map.entry(impute, later);
    }

    static Map.Entry<Object, Dataflow> oneHot(Dataflow people, Engine engine) {
        OneHot oneHot = Learn.from(people).oneHot("city").prefix("in ").learn(engine);
        Dataflow marked = oneHot.withLabels(oneHot.labels().subList(0, 2)).toDataflow();
        return Map.entry(oneHot, marked);
    }

    static Map.Entry<Object, Dataflow> labelEncode(Dataflow people, Engine engine) {
        LabelEncode encode =
                Learn.from(people).labelEncode("size", "code").unknownAsError().learn(engine);
        Dataflow coded = encode.withLabels(List.of("s", "m", "l")).toDataflow();
        return Map.entry(encode, coded);
    }

    static Map.Entry<Object, Dataflow> minMaxScale(Dataflow people, Engine engine) {
        MinMaxScale scale = Learn.from(people).minMaxScale("age").range(-1, 1).learn(engine);
        Dataflow scaled = scale.withData(0, 100).toDataflow();
        return Map.entry(scale, scaled);
    }

    static Map.Entry<Object, Dataflow> standardScale(Dataflow people, Engine engine) {
        StandardScale standard = Learn.from(people).standardScale("age").learn(engine);
        Dataflow scaled = standard.withMean(30).toDataflow();
        return Map.entry(standard, scaled);
    }

    static Map.Entry<Object, Dataflow> quantileTransform(Dataflow people, Engine engine) {
        QuantileTransform transform = Learn.from(people)
                .quantileTransform("age", "share")
                .quantiles(100)
                .learn(engine);
        Dataflow shares = transform
                .withPoints(new TreeMap<>(Map.of(0.0, 0.0, 100.0, 1.0)))
                .toDataflow();
        return Map.entry(transform, shares);
    }

    static Map.Entry<Object, Dataflow> bins(Dataflow people, Engine engine) {
        Bins bins = Learn.from(people).bins("age", "bin").byQuantile(2).learn(engine);
        Dataflow binned = bins.withEdges(List.of(0.0, 18.0, 65.0, 120.0)).toDataflow();
        return Map.entry(bins, binned);
    }

    static Map.Entry<Object, Dataflow> spellings(Dataflow people, Engine engine) {
        Spellings spellings = Learn.from(people)
                .spellings("city")
                .into("clean city")
                .similarityInto("similarity")
                .learn(engine);
        Dataflow clean = spellings
                .rename("Koeln", "Köln")
                .merge("Köln", "Cologne")
                .keep("Ulm a. D.")
                .toDataflow();
        return Map.entry(spellings, clean);
    }

    static Map.Entry<Object, Dataflow> joining(Dataflow orders, Dataflow customers, Engine engine) {
        Joining joining = Learn.joining(orders, customers).learn(engine);
        Dataflow joined = joining.choose(0)
                .kind(JoinKind.INNER)
                .withOptions(join -> join.prefixes("order_", "customer_"))
                .toDataflow();
        return Map.entry(joining, joined);
    }
}
