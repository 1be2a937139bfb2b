package io.millrace.dataflow.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.plan.OperatorJson;
import io.millrace.dataflow.plan.SchemaJson;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** Row programs as JSON, for engines that run them in other processes of the same version. */
public final class RowProgramJson {
    private RowProgramJson() {}

    /** The JSON of a program: its input's columns, and each instruction with its operator, columns and text. */
    public static ObjectNode write(RowProgram program) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("input", SchemaJson.write(program.inputSchema()));
        ArrayNode instructions = json.putArray("instructions");
        for (RowProgram.Instruction instruction : program.instructions()) {
            ObjectNode written = instructions.addObject().put("text", instruction.text());
            written.set("schema", SchemaJson.write(instruction.schema()));
            written.setAll(OperatorJson.write(instruction.operator()));
        }
        return json;
    }

    /**
     * The program in {@code json}.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code NOT_A_PLAN}
     */
    public static RowProgram read(JsonNode json) {
        Schema input = SchemaJson.read(json.path("input"));
        List<RowProgram.Instruction> instructions = new ArrayList<>();
        for (JsonNode instruction : json.path("instructions")) {
            instructions.add(new RowProgram.Instruction(
                    OperatorJson.read(instruction),
                    SchemaJson.read(instruction.path("schema")),
                    instruction.path("text").asText()));
        }
        return RowProgram.of(input, instructions);
    }
}
