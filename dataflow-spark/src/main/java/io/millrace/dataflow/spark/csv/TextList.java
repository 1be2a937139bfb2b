package io.millrace.dataflow.spark.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Several texts in one option: a JSON list of texts; anything else is one text. */
final class TextList {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TextList() {}

    /** The texts. */
    static List<String> of(String option) {
        if (!option.startsWith("[")) {
            return List.of(option);
        }
        JsonNode list;
        try {
            list = JSON.readTree(option);
        } catch (JsonProcessingException notJson) {
            return List.of(option);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : list) {
            if (!text.isTextual()) {
                return List.of(option);
            }
            texts.add(text.textValue());
        }
        return texts;
    }
}
