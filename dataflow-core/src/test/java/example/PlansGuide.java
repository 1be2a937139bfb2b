package example;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.plan.PlanDiff;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The code of the guide to plans. */
final class PlansGuide {
    private PlansGuide() {}

    /** What each part of the page gives, by name. Files are below {@code directory}, an empty path in the guide. */
    static Map<String, Object> run(Path directory) {
        Dataflow cleaned =
                Dataflow.readCsv("data/birds.csv").filter(col("mass").gt(0)).sort("species");

        cleaned.save(directory.resolve("plans/cleaned.json"));
        Dataflow opened = Dataflow.open(directory.resolve("plans/cleaned.json"));

        Set<String> missing = opened.missingCredentials(Credentials.none());

        List<Source> sources = cleaned.sources();
        Dataflow full = cleaned.replaceSource("data/birds.csv", "data/all/*.csv");

        List<String> steps = cleaned.steps();
        Dataflow firstTwo = cleaned.steps(0, 2);
        Dataflow owls = cleaned.steps(1, 3, Dataflow.readCsv("data/owls.csv"));

        PlanDiff diff = cleaned.diff(full);
        return Map.of(
                "opened", opened.steps().size(),
                "missing", missing,
                "sources", sources,
                "steps", steps,
                "firstTwo", firstTwo.steps(),
                "owls", owls.steps(),
                "diff", diff.toString());
    }
}
