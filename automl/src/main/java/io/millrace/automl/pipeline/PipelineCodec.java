package io.millrace.automl.pipeline;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.feature.FittedFeatures;
import io.millrace.automl.learner.Model;
import io.millrace.automl.pipeline.FittedPipeline.Member;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Pipelines as the sections of a {@link ModelFile}. */
final class PipelineCodec {
    private static final String MANIFEST = "manifest.json";
    private static final String FEATURES = "features";
    private static final String MODELS = "models";
    private static final String GOLDEN = "golden";

    private PipelineCodec() {}

    static byte[] write(FittedPipeline pipeline) {
        Ensemble ensemble = pipeline.ensemble();
        List<Manifest.Entry> entries = new ArrayList<>();
        BinaryWriter models = new BinaryWriter();
        for (int i = 0; i < ensemble.members().size(); i++) {
            Member member = ensemble.members().get(i);
            entries.add(new Manifest.Entry(member.learner(), member.weight(), ensemble.featuresOf(i)));
            member.model().write(models);
        }
        BinaryWriter features =
                new BinaryWriter().writeVarint(ensemble.features().size());
        ensemble.features().forEach(each -> each.write(features));
        BinaryWriter golden = new BinaryWriter();
        pipeline.golden().write(golden);
        Map<String, byte[]> sections = new LinkedHashMap<>();
        sections.put(MANIFEST, new Manifest(pipeline.task(), pipeline.labels(), pipeline.lifted(), entries).write());
        sections.put(FEATURES, features.toByteArray());
        sections.put(MODELS, models.toByteArray());
        sections.put(GOLDEN, golden.toByteArray());
        return ModelFile.write(sections);
    }

    static FittedPipeline read(byte[] bytes, String name) {
        Map<String, byte[]> sections = ModelFile.read(bytes, name);
        Manifest manifest = section(sections, MANIFEST, name, Manifest::read);
        List<FittedFeatures> features = section(sections, FEATURES, name, PipelineCodec::readFeatures);
        List<Member> members = section(sections, MODELS, name, section -> members(manifest, features, section));
        GoldenRows golden = section(sections, GOLDEN, name, section -> {
            BinaryReader in = BinaryReader.of(section);
            GoldenRows read = GoldenRows.read(in);
            in.expectEnd();
            return read;
        });
        FittedPipeline pipeline = section(sections, MANIFEST, name, ignored -> FittedPipeline.of(
                        manifest.task(), manifest.labels(), manifest.lifted(), members)
                .with(golden));
        pipeline.goldenDifference().ifPresent(difference -> {
            throw DataflowException.of(
                    ErrorCode.NOT_A_MODEL,
                    "Cannot load the model '" + name + "': its " + difference,
                    "It was made by a Millrace or a Java that computes differently; train it again");
        });
        return pipeline;
    }

    private static <T> T section(
            Map<String, byte[]> sections, String section, String name, Function<byte[], T> reader) {
        byte[] bytes = sections.get(section);
        if (bytes == null) {
            throw ModelFile.damaged(name, "its directory");
        }
        try {
            return reader.apply(bytes);
        } catch (CodecException | IllegalArgumentException | DataflowException wrong) {
            throw ModelFile.damaged(name, "its section '" + section + "'").causedBy(wrong);
        }
    }

    private static List<FittedFeatures> readFeatures(byte[] section) {
        BinaryReader in = BinaryReader.of(section);
        int count = in.readCount(1);
        List<FittedFeatures> features = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            features.add(FittedFeatures.read(in));
        }
        in.expectEnd();
        return features;
    }

    private static List<Member> members(Manifest manifest, List<FittedFeatures> features, byte[] section) {
        BinaryReader in = BinaryReader.of(section);
        List<Member> members = new ArrayList<>();
        for (Manifest.Entry entry : manifest.members()) {
            if (entry.features() < 0 || entry.features() >= features.size()) {
                throw new CodecException("there are no features " + entry.features());
            }
            members.add(new Member(entry.learner(), entry.weight(), features.get(entry.features()), Model.read(in)));
        }
        in.expectEnd();
        return members;
    }
}
