package io.millrace.automl;

import io.millrace.automl.fit.FeaturePool;
import io.millrace.automl.fit.FoldResult;
import io.millrace.automl.pipeline.FittedPipeline;
import io.millrace.automl.pipeline.RecipeLift;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes one pipeline of the models of the trials that have a weight. */
final class ModelAssembly {
    private ModelAssembly() {}

    static FittedPipeline assemble(
            TrainingRows rows, RunRecord record, List<TrialState> scored, Map<Integer, Double> weights) {
        FeaturePool features = new FeaturePool();
        List<FittedPipeline.Member> members = new ArrayList<>();
        for (TrialState trial : scored) {
            Double weight = weights.get(trial.number());
            if (weight == null) {
                continue;
            }
            List<Integer> folds = trial.fittedFolds();
            for (int fold : folds) {
                if (FoldResult.decode(record.result(trial.number(), fold)) instanceof FoldResult.Fitted fitted) {
                    members.add(new FittedPipeline.Member(
                            trial.candidate().learner(),
                            weight / folds.size(),
                            fitted.features(features),
                            fitted.model()));
                }
            }
        }
        RecipeLift.Lifted lifted = rows.lift().keeping(FittedPipeline.featureColumns(members));
        return FittedPipeline.of(rows.task(), rows.labels(), lifted, members)
                .withGoldenRows(rows.lift().baseSchema(), rows.firstOfBase());
    }
}
