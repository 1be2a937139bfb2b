package io.millrace.dataflow.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.testing.random.RandomPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The published schema says what plans are, and nothing that the code does not. */
class PlanSchemaTest {
    private static final Path RESOURCE = Path.of("src/main/resources/io/millrace/dataflow/plan/plan.schema.json");
    private static final Path GOLDEN = Path.of("src/test/resources/plans");
    private static final Path HASH = Path.of("src/test/resources/plan-format.txt");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(PlanSchema.make());

    @Test
    void thePublishedSchemaIsTheOneThatTheCodeMakes() throws IOException {
        String made = PlanSchema.make().toPrettyString() + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(RESOURCE.getParent());
            Files.writeString(RESOURCE, made, UTF_8);
        }

        assertThat(Files.readString(RESOURCE, UTF_8))
                .as(
                        "the schema of plans; run this test with -Dgolden.update=true to write it anew, and look at what changed")
                .isEqualTo(made);
    }

    @Test
    void theSchemaIsGivenAsItIsPublished() throws IOException {
        assertThat(PlanJson.schema()).isEqualTo(Files.readString(RESOURCE, UTF_8));
    }

    @Test
    void everyStepThatCanBeReadIsInTheSchema() {
        Set<String> steps = new TreeSet<>();
        PlanSchema.make().get("$defs").fieldNames().forEachRemaining(name -> {
            if (name.startsWith("step_")) {
                steps.add(name.substring("step_".length()));
            }
        });

        assertThat(steps).as("add the members of a new step to PlanSchema").isEqualTo(StepJson.names());
    }

    /** Other documents and another reading of the same ones are another format: the schema and all examples tell. */
    @Test
    void theFormatChangesWithItsVersionAlone() throws IOException {
        MessageDigest sha = sha256();
        sha.update(PlanSchema.make().toPrettyString().getBytes(UTF_8));
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file : files.sorted().toList()) {
                sha.update(file.getFileName().toString().getBytes(UTF_8));
                sha.update(Files.readAllBytes(file));
            }
        }
        String made =
                "version " + PlanJson.VERSION + "\nsha256 " + HexFormat.of().formatHex(sha.digest()) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(HASH, made, UTF_8);
        }

        assertThat(made)
                .as(
                        "the format of saved plans changed. When every plan that was saved before is still read and means the"
                                + " same, record the new hash with -Dgolden.update=true; else raise PlanJson.VERSION as well")
                .isEqualTo(Files.readString(HASH, UTF_8));
    }

    @Test
    void everyExampleIsValid() {
        for (ObjectNode document : examples()) {
            assertThat(SCHEMA.validate(document)).as(document.toString()).isEmpty();
        }
    }

    @Property(tries = 1000, seed = "20260702")
    void whatIsWrittenIsValid(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) throws JsonProcessingException {
        String json = RandomPlan.of(seed).toJson();

        assertThat(SCHEMA.validate(MAPPER.readTree(json))).as(json).isEmpty();
    }

    @Test
    void aMemberThatNobodyKnowsIsNeitherValidNorRead() {
        for (ObjectNode example : examples()) {
            for (ObjectNode object : objects(example)) {
                object.put("surprise", 1);
                assertThat(SCHEMA.validate(example)).as(example.toString()).isNotEmpty();
                assertThatThrownBy(() -> PlanJson.read(example.toString(), Path.of("")))
                        .as(example.toString())
                        .isInstanceOf(DataflowException.class);
                object.remove("surprise");
            }
        }
    }

    @Test
    void aMemberOfAnotherKindIsNeitherValidNorRead() {
        for (ObjectNode example : examples()) {
            for (ObjectNode object : objects(example)) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                for (String name : names) {
                    JsonNode value = object.get(name);
                    object.putObject(name).put("surprise", 1);
                    assertThat(SCHEMA.validate(example)).as(example.toString()).isNotEmpty();
                    assertThatThrownBy(() -> PlanJson.read(example.toString(), Path.of("")))
                            .as(example.toString())
                            .isInstanceOf(DataflowException.class);
                    object.set(name, value);
                }
            }
        }
    }

    /** Every golden step in a plan whose step 0 reads birds. */
    private static List<ObjectNode> examples() {
        List<ObjectNode> documents = new ArrayList<>();
        StepExamples.byName().values().forEach(step -> {
            boolean starts = step instanceof SourceStep.Read || step instanceof SourceStep.Values;
            boolean pairs = step instanceof TableStep.Join || step instanceof TableStep.AppendColumns;
            ObjectNode document = JsonNodeFactory.instance
                    .objectNode()
                    .put("millrace", "plan")
                    .put("version", PlanJson.VERSION);
            ArrayNode steps = document.putArray("steps");
            if (!starts) {
                steps.addObject()
                        .put("id", 0)
                        .put("step", "read_csv")
                        .putObject("source")
                        .put("file", "birds.csv");
            }
            ObjectNode written = steps.addObject().put("id", steps.size() - 1);
            if (!starts) {
                ArrayNode inputs = written.putArray("inputs").add(0);
                if (pairs) {
                    inputs.add(0);
                }
            }
            written.setAll(StepJson.write(step));
            documents.add(document);
        });
        return documents;
    }

    private static List<ObjectNode> objects(JsonNode document) {
        List<ObjectNode> objects = new ArrayList<>();
        Deque<JsonNode> open = new ArrayDeque<>(List.of(document));
        while (!open.isEmpty()) {
            JsonNode next = open.pop();
            if (next instanceof ObjectNode object) {
                objects.add(object);
            }
            next.forEach(open::push);
        }
        return objects;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
