import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.when;

import io.millrace.automl.Experiment;
import io.millrace.automl.Result;
import io.millrace.automl.local.LocalTrials;
import io.millrace.automl.pipeline.FittedPipeline;
import io.millrace.automl.pipeline.Prediction;
import io.millrace.automl.trial.Budget;
import io.millrace.automl.trial.Task;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;

/** Whether a bird strike damages the aircraft, from what is known before anybody looks at it. */
final class BirdStrikes {
    // tag::program
    static Dataflow training(String csv) {
        return Dataflow.readCsv(csv)
                .withColumn("damaged", when(col("Effect Amount of damage").eq("None")).then("no").otherwise("yes"))
                // What the damage was and what it cost is known only afterwards.
                .drop("Effect Amount of damage", "Cost Repair", "Cost Other", "Cost Total $");
    }

    static Path train(Dataflow training, Path directory, Budget budget) {
        try (LocalEngine engine = LocalEngine.create()) {
            Result result = Experiment.predict(Task.binary("damaged", "yes"), training)
                    .budget(budget)
                    .directory(directory)
                    .run(LocalTrials.on(engine));
            System.out.println(result.leaderboard());
        }
        return directory.resolve("model.millrace");
    }

    static double risk(Path model) {
        Prediction prediction = FittedPipeline.load(model)
                .score(Map.of(
                        "Airport Name", "DALLAS/FORT WORTH INTL ARPT",
                        "Aircraft Make Model", "MD-80",
                        "Flight Date", LocalDate.of(1999, 10, 19),
                        "Aircraft Airline Operator", "AMERICAN AIRLINES",
                        "Origin State", "Texas",
                        "Phase of flight", "Climb",
                        "Wildlife Size", "Large",
                        "Wildlife Species", "Turkey vulture",
                        "Time of day", "Day",
                        "Speed IAS in knots", 200));
        return prediction.probabilities().get("yes");
    }
    // end::program

    public static void main(String[] arguments) throws IOException {
        Path here = Path.of("examples/bird-strikes");
        // tag::save
        Files.writeString(here.resolve("damage.json"), training("birdstrikes.csv").toJson());
        // end::save
        Dataflow training = training(here.resolve("birdstrikes.csv").toString());
        Path model = train(training, Path.of("millrace-bird-strikes"), Budget.of(Duration.ofSeconds(30)));
        System.out.println("the probability of damage is " + risk(model));
    }
}
