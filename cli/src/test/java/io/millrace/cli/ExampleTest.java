package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.trial.Budget;
import io.millrace.dataflow.Dataflow;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README is a program that compiles and runs, and its plan is the plan that is saved beside it. */
class ExampleTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLE = ROOT.resolve("examples/bird-strikes");
    private static final Path PROGRAM = EXAMPLE.resolve("BirdStrikes.java");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void theSavedPlanIsThatOfTheProgram() throws Exception {
        Dataflow training = (Dataflow) call("training", String.class, "birdstrikes.csv");
        Path saved = EXAMPLE.resolve("damage.json");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(saved, training.toJson());
        }

        assertThat(saved).hasContent(training.toJson());
    }

    @Test
    void theProgramLearnsAndScores() throws Exception {
        // A part of the rows, the first by date: an example has to be quick, not good.
        Path csv = directory.resolve("birdstrikes.csv");
        Files.write(csv, Files.readAllLines(EXAMPLE.resolve("birdstrikes.csv")).subList(0, 400));
        Object training = call("training", String.class, csv.toString());
        try (URLClassLoader classes = compiled()) {
            Method train = method(classes, "train", Dataflow.class, Path.class, Budget.class);
            Object model = train.invoke(null, training, directory.resolve("out"), Budget.ofTrials(1));
            Object risk = method(classes, "risk", Path.class).invoke(null, model);

            assertThat((double) Objects.requireNonNull(risk)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void theExampleHasTheRowsItSaysItHas() throws IOException {
        Ran ran = Ran.millrace("schema", EXAMPLE.resolve("damage.json").toString());

        assertThat(ran).isEqualTo(new Ran(0, """
                        column                     type
                        Airport Name               text
                        Aircraft Make Model        text
                        Flight Date                date
                        Aircraft Airline Operator  text
                        Origin State               text
                        Phase of flight            text
                        Wildlife Size              text
                        Wildlife Species           text
                        Time of day                text
                        Speed IAS in knots         int64
                        damaged                    text
                        """, ""));
    }

    @Test
    void theReadmeShowsTheProgramAsItIs() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + region("program") + "```\n");
    }

    /** The lines between {@code // tag::name} and {@code // end::name}, moved to the left. */
    private static String region(String name) throws IOException {
        List<String> lines = Files.readAllLines(PROGRAM);
        int start = lines.indexOf("    // tag::" + name);
        int end = lines.indexOf("    // end::" + name);
        return lines.subList(start + 1, end).stream()
                .map(line -> line.startsWith("    ") ? line.substring(4) : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Object call(String name, Class<?> type, Object argument) throws Exception {
        try (URLClassLoader classes = compiled()) {
            return Objects.requireNonNull(method(classes, name, type).invoke(null, argument));
        }
    }

    private static Method method(ClassLoader classes, String name, Class<?>... types) throws Exception {
        Method method = classes.loadClass("BirdStrikes").getDeclaredMethod(name, types);
        method.setAccessible(true);
        return method;
    }

    private URLClassLoader compiled() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectories(directory.resolve("classes"));
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-Xlint:all,-path",
                    "-Werror",
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            boolean compiles = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(PROGRAM))
                    .call();
            assertThat(compiles).as(messages.toString()).isTrue();
        }
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, ExampleTest.class.getClassLoader());
    }
}
