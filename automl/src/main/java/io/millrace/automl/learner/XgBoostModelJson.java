package io.millrace.automl.learner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the trees of a model that XGBoost has saved as JSON. */
final class XgBoostModelJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final List<Tree> trees = new ArrayList<>();
    private int[] treeOutputs = new int[0];

    private XgBoostModelJson() {}

    static XgBoostModelJson read(byte[] json) {
        XgBoostModelJson model = new XgBoostModelJson();
        try (JsonParser parser = FACTORY.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    model.field(parser, parser.currentName());
                }
            }
        } catch (IOException e) {
            throw new LearnerException("Cannot read an XGBoost model: " + e.getMessage(), e);
        }
        if (model.treeOutputs.length != model.trees.size()) {
            throw new LearnerException("Cannot read an XGBoost model: it has " + model.trees.size() + " trees for "
                    + model.treeOutputs.length + " places");
        }
        return model;
    }

    /** The trees, round after round. */
    List<Tree> trees() {
        return trees;
    }

    /** For each tree the output that it adds to. */
    int[] treeOutputs() {
        return treeOutputs;
    }

    private void field(JsonParser parser, String name) throws IOException {
        switch (name) {
            case "tree_info" -> {
                parser.nextToken();
                treeOutputs = ints(parser);
            }
            case "trees" -> {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    trees.add(tree(parser));
                }
            }
            default -> {
                // The other fields are objects to look into or values to pass over.
            }
        }
    }

    private static Tree tree(JsonParser parser) throws IOException {
        int[] left = new int[0];
        int[] right = new int[0];
        int[] features = new int[0];
        int[] defaultLeft = new int[0];
        float[] conditions = new float[0];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "left_children" -> left = ints(parser);
                case "right_children" -> right = ints(parser);
                case "split_indices" -> features = ints(parser);
                case "default_left" -> defaultLeft = ints(parser);
                case "split_conditions" -> conditions = floats(parser);
                default -> parser.skipChildren();
            }
        }
        int nodes = left.length;
        if (right.length != nodes
                || features.length != nodes
                || defaultLeft.length != nodes
                || conditions.length != nodes) {
            throw new LearnerException("Cannot read an XGBoost model: the parts of a tree differ in length");
        }
        Tree tree = new Tree();
        int[] references = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            if (left[node] < 0) {
                references[node] = tree.addLeaf(conditions[node]);
            } else {
                // XGBoost sends left what is less than the condition: at most the float below it.
                references[node] = tree.addNumericNode(
                        features[node],
                        Math.nextDown(conditions[node]),
                        defaultLeft[node] != 0 ? Tree.MISSING_LEFT : 0);
            }
        }
        for (int node = 0; node < nodes; node++) {
            if (left[node] >= 0) {
                tree.setLeft(references[node], references[left[node]]);
                tree.setRight(references[node], references[right[node]]);
            }
        }
        return tree;
    }

    private static int[] ints(JsonParser parser) throws IOException {
        int[] values = new int[64];
        int size = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            // Booleans are written as 0 and 1, and by some versions as words.
            JsonToken token = parser.currentToken();
            values[size++] = token.isBoolean() ? (token == JsonToken.VALUE_TRUE ? 1 : 0) : parser.getIntValue();
        }
        return Arrays.copyOf(values, size);
    }

    /** Floats are read from their text: by way of a double they could be rounded twice. */
    private static float[] floats(JsonParser parser) throws IOException {
        float[] values = new float[64];
        int size = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = Float.parseFloat(parser.getText());
        }
        return Arrays.copyOf(values, size);
    }
}
