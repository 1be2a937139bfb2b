package io.millrace.automl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.automl.trial.Task;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {
    private static final FittedPipeline PIPELINE = Pipelines.of(Task.binary("left", "yes"));

    @TempDir
    Path directory;

    @Test
    void aSavedPipelineIsLoadedAndScoresTheSame() throws IOException {
        Path file = directory.resolve("model.millrace");
        Files.writeString(file, "something else");

        PIPELINE.save(file);
        FittedPipeline loaded = FittedPipeline.load(file);

        assertThat(Files.readAllBytes(file)).isEqualTo(PIPELINE.encoded());
        assertThat(loaded.task()).isEqualTo(Task.binary("left", "yes"));
        List<List<@Nullable Object>> rows = Pipelines.rows(30, 9);
        assertThat(Pipelines.score(loaded, Pipelines.SCHEMA, rows).outputs())
                .isDeepEqualTo(Pipelines.score(PIPELINE, Pipelines.SCHEMA, rows).outputs());
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aFileOfVersionOneIsReadAndWrittenTheSame() throws IOException {
        Path golden = Path.of("src", "test", "resources", "models", "version-1.millrace");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Pipelines.of(Task.regression("x")).save(golden);
        }

        FittedPipeline loaded = FittedPipeline.load(golden);

        assertThat(loaded.task()).isEqualTo(Task.regression("x"));
        assertThat(loaded.inputSchema()).isEqualTo(Pipelines.SCHEMA);
        assertThat(loaded.recipe()).isEqualTo(Pipelines.STEPS);
        assertThat(loaded.golden().rows()).hasSize(6);
        assertThat(loaded.encoded()).isEqualTo(Files.readAllBytes(golden));
    }

    @Test
    void theManifestIsReadable() {
        assertThat(new String(PIPELINE.encoded(), StandardCharsets.ISO_8859_1))
                .contains("\"task\" : \"binary\"", "\"target\" : \"left\"", "\"learner\" : \"gradient_boosting\"");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> FittedPipeline.load(Path.of("nowhere", "m.millrace")))
                .hasMessage("SOURCE_NOT_FOUND: Cannot load the model 'nowhere/m.millrace': there is no such file");
    }

    @Test
    void aDirectoryIsRefused() {
        assertThatThrownBy(() -> FittedPipeline.load(directory))
                .hasMessage("SOURCE_IS_DIRECTORY: Cannot load the model '" + directory
                        + "': it is a directory\n"
                        + "  An experiment writes its model into its directory as model.millrace");
    }

    @Test
    void savingWhereThereIsNoDirectoryFails() {
        assertThatThrownBy(() -> PIPELINE.save(directory.resolve("none").resolve("m")))
                .isInstanceOfSatisfying(
                        DataflowException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED))
                .hasMessageStartingWith("IO_FAILED: Cannot write the model '"
                        + directory.resolve("none").resolve("m") + "': ");
    }

    @Test
    void anotherKindOfFileIsRefused() {
        String message = """
                NOT_A_MODEL: Cannot load 'x.csv': it is not a model of Millrace
                  A model is what an experiment writes as model.millrace""";

        assertThat(loading("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8), "x.csv"))
                .hasMessage(message);
        assertThat(loading(new byte[0], "x.csv")).hasMessage(message);
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() {
        byte[] bytes = PIPELINE.encoded();

        assertThat(loading(Arrays.copyOf(bytes, 9), "m")).hasMessage("""
                        NOT_A_MODEL: Cannot load the model 'm': it is cut off, 9 bytes are left
                          Copy it again from where it was written""");
        assertThat(loading(Arrays.copyOf(bytes, bytes.length - 1), "m"))
                .hasMessage("NOT_A_MODEL: Cannot load the model 'm': it is cut off, " + (bytes.length - 1) + " of "
                        + bytes.length + " bytes are left\n  Copy it again from where it was written");
        for (int length = 0; length < bytes.length; length += length < 200 ? 1 : 997) {
            assertThat(loading(Arrays.copyOf(bytes, length), "m").code())
                    .as("%d bytes", length)
                    .isEqualTo(ErrorCode.NOT_A_MODEL);
        }
    }

    @Test
    void aDamagedByteIsFoundWhereverItIs() {
        byte[] bytes = PIPELINE.encoded();

        assertThat(loading(damaged(bytes, bytes.length - 1), "m")).hasMessage("""
                        NOT_A_MODEL: Cannot load the model 'm': its section 'golden' is damaged
                          Copy it again from where it was written""");
        Random random = new Random(1);
        for (int at = 0; at < bytes.length; at += at < 200 ? 1 : 1 + random.nextInt(2_000)) {
            assertThat(loading(damaged(bytes, at), "m").code())
                    .as("byte %d", at)
                    .isEqualTo(ErrorCode.NOT_A_MODEL);
        }
        assertThat(loading(Arrays.copyOf(bytes, bytes.length + 1), "m")).hasMessage("""
                        NOT_A_MODEL: Cannot load the model 'm': what follows its last section is damaged
                          Copy it again from where it was written""");
    }

    @Test
    void aNewerVersionIsRefused() {
        byte[] bytes = PIPELINE.encoded();
        ByteBuffer.wrap(bytes).putInt(8, 2);
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, 12);
        ByteBuffer.wrap(bytes).putInt(12, (int) checksum.getValue());

        assertThat(loading(bytes, "m")).hasMessage("""
                        NEWER_MODEL: Cannot load the model 'm': it has format version 2, and this Millrace reads up to 1
                          Install a newer Millrace""");
    }

    @Test
    void aSectionThatSaysSomethingElseIsRefused() {
        byte[] bytes = ModelFile.write(Map.of("manifest.json", "{}".getBytes(StandardCharsets.UTF_8)));

        assertThat(loading(bytes, "m")).hasMessage("""
                        NOT_A_MODEL: Cannot load the model 'm': its section 'manifest.json' is damaged
                          Copy it again from where it was written""");
    }

    @Test
    void goldenRowsThatScoreDifferentlyAreRefused() {
        double expected = Pipelines.score(PIPELINE, Pipelines.SCHEMA, Pipelines.rows(1, 4))
                .outputs()[0][0];
        FittedPipeline other =
                PIPELINE.with(new GoldenRows(Pipelines.rows(1, 4), new double[][] {{Math.nextUp(expected)}}));

        assertThat(loading(other.encoded(), "m"))
                .hasMessage("NOT_A_MODEL: Cannot load the model 'm': its golden row 1 scores [" + expected
                        + "] instead of [" + Math.nextUp(expected)
                        + "]\n  It was made by a Millrace or a Java that computes differently; train it again");
    }

    @Test
    void loadingAndScoringNeedNeitherSparkNorNativeLibraries() throws Exception {
        Path file = directory.resolve("model.millrace");
        PIPELINE.save(file);
        try (URLClassLoader bare = new URLClassLoader(withoutLibraries(), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> bare.loadClass("com.microsoft.ml.lightgbm.lightgbmlib"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> bare.loadClass("ml.dmlc.xgboost4j.java.XGBoost"))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> type = bare.loadClass(FittedPipeline.class.getName());
            Method score = type.getMethod("score", Map.class);
            Object loaded = type.getMethod("load", Path.class).invoke(null, file);

            for (List<@Nullable Object> row : Pipelines.rows(5, 12)) {
                assertThat(score.invoke(loaded, Pipelines.map(row)))
                        .hasToString(PIPELINE.score(Pipelines.map(row)).toString());
            }
        }
    }

    private static URL[] withoutLibraries() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            if (!entry.contains("lightgbm") && !entry.contains("xgboost") && !entry.contains("spark")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static DataflowException loading(byte[] bytes, String name) {
        DataflowException thrown =
                catchThrowableOfType(DataflowException.class, () -> FittedPipeline.decode(bytes, name));
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private static byte[] damaged(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= 0x10;
        return copy;
    }
}
