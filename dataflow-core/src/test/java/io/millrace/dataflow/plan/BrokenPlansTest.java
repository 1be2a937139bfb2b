package io.millrace.dataflow.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.schema.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Documents that are no plan, or that somebody made to do harm. */
class BrokenPlansTest {
    private static final String BIRDS = "{\"id\": 0, \"step\": \"read_csv\", \"source\": {\"file\": \"birds.csv\"}}";

    @Test
    void brackets100000DeepAreRefused() {
        refused("{\"millrace\": \"plan\", \"version\": 1, \"steps\": " + "[".repeat(100_000), """
                NOT_A_PLAN: Cannot read the plan: it is nested more than 1000 levels deep""");
    }

    @Test
    void anExpressionThatIsTooDeepIsRefused() {
        String deep = "{\"call\": \"not\", \"arguments\": [".repeat(301) + "{\"column\": \"a\"}" + "]}".repeat(301);

        refused(steps("{\"step\": \"filter\", \"predicate\": " + deep + "}"), """
                INVALID_ARGUMENT: Cannot use an expression that is nested so deep: at most 300 calls, or 200 choices, may stand inside each other
                  at the step of id 1
                  Compute parts of it in columns of their own, with withColumn""");
    }

    @Test
    void aDocumentThatIsTooLargeIsRefusedUnreadUnlessLimitsSayOtherwise() {
        String json = Dataflow.readCsv("birds.csv").toJson();

        assertThatThrownBy(() -> PlanJson.read(json, Path.of(""), new PlanLimits(json.length() - 1)))
                .hasMessage("NOT_A_PLAN: Cannot read the plan: it has " + json.length() + " characters, and at most "
                        + (json.length() - 1) + " are read unless PlanLimits say otherwise");
        assertThat(PlanJson.read(json, Path.of(""), new PlanLimits(json.length())))
                .isEqualTo(Dataflow.readCsv("birds.csv").node());
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        Dataflow birds = Dataflow.readCsv("birds.csv");

        assertThat(PlanJson.read("\uFEFF" + birds.toJson(), Path.of(""))).isEqualTo(birds.node());
    }

    @Test
    void chainsOf2000StepsAreReadAsTheyWereWritten() {
        Dataflow birds = Dataflow.readCsv("birds.csv");
        for (int i = 0; i < 2_000; i++) {
            birds = birds.limit(i);
        }

        assertThat(PlanJson.read(birds.toJson(), Path.of("")).fingerprint())
                .isEqualTo(birds.node().fingerprint());
    }

    @Test
    void documentsThatAreNoOneValueOfJsonAreRefused() {
        String json = Dataflow.readCsv("birds.csv").toJson();

        for (Map.Entry<String, String> wrong : Map.of(
                        "",
                        "it has no member \"millrace\": \"plan\"",
                        json + "{}",
                        "line 12 is not JSON",
                        json.replace("birds.csv", "birds\u0000.csv"),
                        "line 8 is not JSON",
                        json.replace("\"version\" : 1", "\"version\" : NaN"),
                        "line 3 is not JSON",
                        json.replace("\"version\" : 1", "\"version\" : 01"),
                        "line 3 is not JSON",
                        json.replace("\"version\" : 1", "\"version\" : 1, \"version\" : 1"),
                        "line 3 has a member twice",
                        json.replace("\"version\" : 1", "\"version\" : 0"),
                        "it has version 0, and versions count from 1",
                        json.replace("\"version\" : 1", "\"version\" : -1"),
                        "it has version -1, and versions count from 1",
                        json.replace("\"version\" : 1", "\"version\" : 18446744073709551617"),
                        "'version' is not a whole number of 64 bits",
                        json.replace("\"version\" : 1", "\"version\" : 1.0"),
                        "'version' is not a whole number of 64 bits")
                .entrySet()) {
            refused(wrong.getKey(), "NOT_A_PLAN: Cannot read the plan: " + wrong.getValue());
        }
    }

    @Test
    void inputsThatAreNoEarlierStepAreRefused() {
        for (String input : List.of("1", "2", "-1", "0.5", "\"0\"", "null", "4294967296")) {
            refused(
                    document(BIRDS, "{\"id\": 1, \"step\": \"limit\", \"rows\": 3, \"inputs\": [" + input + "]}"),
                    "NOT_A_PLAN: Cannot read the plan: step 1 has an input that is no earlier step");
        }
    }

    @Test
    void idsThatDoNotCountFromZeroAreRefused() {
        refused(
                document(BIRDS, BIRDS, "{\"id\": 2, \"step\": \"union\", \"inputs\": [0, 1]}"),
                "NOT_A_PLAN: Cannot read the plan: step 1 has id 0");
    }

    @Test
    void aStepThatNothingReadsIsRefusedRatherThanDropped() {
        refused(
                document(BIRDS, BIRDS.replace("\"id\": 0", "\"id\": 1")),
                "NOT_A_PLAN: Cannot read the plan: step 0 is the input of no other, and only the last step is the result");
    }

    @Test
    void unknownMembersAreRefusedByName() {
        refused(steps("{\"step\": \"limit\", \"rows\": 3, \"row\": 4}"), """
                NEWER_PLAN: Cannot read the plan: it has an unknown member 'row'
                  at the step of id 1
                  Did you mean 'rows'?
                  Members looked for: id, inputs, rows, step
                  A plan written by a newer Millrace may hold members that this one does not know""");
        refused("{\"millrace\": \"plan\", \"version\": 1, \"author\": \"me\", \"steps\": [" + BIRDS + "]}", """
                NEWER_PLAN: Cannot read the plan: it has an unknown member 'author'
                  Members looked for: $schema, millrace, steps, version
                  A plan written by a newer Millrace may hold members that this one does not know""");
    }

    @Test
    void unknownConstantsAreRefusedByName() {
        refused(steps("{\"step\": \"join\", \"kind\": \"lift\", \"on\": [\"id\"]}"), """
                NOT_A_PLAN: Cannot read the plan: 'kind' cannot be 'lift'
                  at the step of id 1
                  Did you mean 'left'?
                  It is one of: inner, left, right, full, semi, anti, cross""");
    }

    @Test
    void aPlanMayNameItsSchemaForEditors() {
        String json = Dataflow.readCsv("birds.csv").toJson();

        assertThat(PlanJson.read(json.replaceFirst("\\{", "{\"\\$schema\": \"plan.schema.json\","), Path.of("")))
                .isEqualTo(Dataflow.readCsv("birds.csv").node());
    }

    @Test
    void membersOfTheWrongKindAreRefused() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("{\"step\": \"limit\", \"rows\": \"3\"}", "'rows' is not a whole number of 64 bits");
        wrong.put("{\"step\": \"limit\", \"rows\": -3}", "step 'limit': rows must not be negative: -3");
        wrong.put("{\"step\": \"limit\", \"rows\": 9223372036854775808}", "'rows' is not a whole number of 64 bits");
        wrong.put("{\"step\": \"limit\"}", "'rows' is missing");
        wrong.put("{\"step\": \"cast\", \"column\": \"a\", \"to\": \"int\"}", "'int' is not a type");
        wrong.put("{\"step\": \"select\", \"columns\": [1]}", "a selector holds a name that is not text");
        wrong.put(
                "{\"step\": \"fill_null\", \"column\": \"a\", \"value\": {\"date\": \"2024-02-30\"}}",
                "step 'fill_null': Text '2024-02-30' could not be parsed: Invalid date 'FEBRUARY 30'");
        wrong.put(
                "{\"step\": \"fill_null\", \"column\": \"a\", \"value\": {\"timestamp\": \"yesterday\"}}",
                "step 'fill_null': Text 'yesterday' could not be parsed at index 0");
        wrong.put(
                "{\"step\": \"fill_null\", \"column\": \"a\", \"value\": {\"decimal\": \"1e999999999\"}}",
                "'1e999999999' is not a decimal");
        wrong.put(
                "{\"step\": \"fill_null\", \"column\": \"a\", \"value\": 1e400}",
                "a number of a literal is beyond 64 bits; write it as a decimal");
        wrong.put(
                "{\"step\": \"fill_null\", \"column\": \"a\", \"value\": 9223372036854775808}",
                "a number of a literal is beyond 64 bits; write it as a decimal");
        wrong.put("{\"step\": \"filter\", \"predicate\": {\"user\": 1}}", "'user' is not text");
        wrong.put(
                "{\"step\": \"filter\", \"predicate\": 3}",
                "an expression has one of column, literal, call, user, cast, case");
        wrong.put("{\"rows\": 3}", "'step' is missing");

        wrong.forEach((step, reason) -> assertThatThrownBy(() -> PlanJson.read(steps(step), Path.of("")))
                .as(step)
                .isInstanceOf(DataflowException.class)
                .hasMessage("NOT_A_PLAN: Cannot read the plan: " + reason + "\n  at the step of id 1"));
    }

    @Test
    void longTextsOfADocumentAreCutInMessages() {
        assertThatThrownBy(() -> PlanJson.read(steps("{\"step\": \"" + "x".repeat(10_000_000) + "\"}"), Path.of("")))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith(
                        "NEWER_PLAN: Cannot read the plan: no step is named '" + "x".repeat(100) + "…'");
    }

    @Test
    void everyPrefixOfAPlanIsRefused() {
        for (String json : examples()) {
            for (int end = 0; end < json.length() - 2; end++) {
                String prefix = json.substring(0, end);
                assertThatThrownBy(() -> PlanJson.read(prefix, Path.of("")))
                        .as(prefix)
                        .isInstanceOf(DataflowException.class);
            }
        }
    }

    /** Also what is still a plan is sound: it is written as it was read, and binds or is refused. */
    @Test
    void everyByteOfAPlanMayBeChangedToAnyOther() {
        Random random = new Random(7);
        byte[] telling = "\"{}[],:\\0123456789-+eE. \ntfn".getBytes(UTF_8);
        for (String json : examples()) {
            byte[] bytes = json.getBytes(UTF_8);
            for (int at = 0; at < bytes.length; at++) {
                byte was = bytes[at];
                for (int i = 0; i < 4; i++) {
                    bytes[at] = i < 2 ? telling[random.nextInt(telling.length)] : (byte) random.nextInt(256);
                    requireSound(new String(bytes, UTF_8));
                }
                bytes[at] = was;
            }
        }
    }

    private static void requireSound(String json) {
        try {
            Node node = PlanJson.read(json, Path.of(""));
            assertThat(PlanJson.read(PlanJson.write(node), Path.of("")))
                    .as(json)
                    .isEqualTo(node);
            Schema birds = StepExamples.BIRDS;
            Binder.bind(node, (source, options) -> birds);
        } catch (DataflowException refused) {
            assertThat(refused).as(json).hasMessageContaining("Cannot ");
        } catch (RuntimeException | Error other) {
            throw new AssertionError("of " + json, other);
        }
    }

    /** The example of every step over birds, as a plan. */
    private static List<String> examples() {
        List<String> documents = new ArrayList<>();
        StepExamples.byName().values().forEach(step -> {
            boolean reads = step instanceof SourceStep.Read || step instanceof SourceStep.Values;
            boolean pairs = step instanceof TableStep.Join
                    || step instanceof TableStep.Union
                    || step instanceof TableStep.AppendColumns;
            Node birds = Dataflow.readCsv("birds.csv").node();
            documents.add(PlanJson.write(
                    Node.of(step, Collections.nCopies(reads ? 0 : pairs ? 2 : 1, birds), Optional.empty())));
        });
        return documents;
    }

    private static String steps(String second) {
        return document(BIRDS, second.replaceFirst("\\{", "{\"id\": 1, \"inputs\": [0], "));
    }

    private static String document(String... steps) {
        return "{\"millrace\": \"plan\", \"version\": 1, \"steps\": [" + String.join(", ", steps) + "]}";
    }

    private static void refused(String json, String message) {
        assertThatThrownBy(() -> PlanJson.read(json, Path.of("")))
                .isInstanceOf(DataflowException.class)
                .hasMessage(message);
    }
}
