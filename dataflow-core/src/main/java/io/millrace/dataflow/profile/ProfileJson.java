package io.millrace.dataflow.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.schema.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Profiles as documents. What does not apply to a column is not there. */
final class ProfileJson {
    private static final int VERSION = 1;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ProfileJson() {}

    static String write(Profile profile) {
        ObjectNode document = NODES.objectNode();
        document.put("millrace", "profile").put("version", VERSION);
        document.put("rows", profile.rowCount()).put("rejected", profile.rejected());
        document.set("duplicate_rows", count(profile.duplicateRows()));
        ArrayNode columns = document.putArray("columns");
        profile.columns().forEach(column -> columns.add(column(column)));
        ArrayNode correlations = document.putArray("correlations");
        for (Correlation each : profile.correlations()) {
            correlations
                    .addObject()
                    .put("left", each.left())
                    .put("right", each.right())
                    .put("coefficient", each.coefficient())
                    .put("rows", each.rows());
        }
        document.put("correlations_left_out", profile.correlationsLeftOut());
        document.set("alerts", alerts(profile.alerts()));
        try {
            return new ObjectMapper()
                    .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON nodes can be written", impossible);
        }
    }

    private static ObjectNode column(ColumnProfile column) {
        ObjectNode json = NODES.objectNode();
        CellCounts counts = column.counts();
        json.put("name", column.name()).put("type", column.type().toString());
        json.put("count", counts.rows())
                .put("missing", counts.nulls())
                .put("not_missing", counts.notNull())
                .put("missing_ratio", counts.nullRatio())
                .put("errors", counts.errors())
                .put("empty", counts.empty());
        json.set("distinct", count(column.distinct()));
        column.smallest().ifPresent(value -> json.set("min", value(value)));
        column.largest().ifPresent(value -> json.set("max", value(value)));
        column.moments().ifPresent(moments -> json.setAll(moments(moments)));
        column.quantiles().ifPresent(quantiles -> {
            json.set("quantiles", quantiles(quantiles, column.type()));
            ObjectNode whiskers = json.putObject("whiskers");
            whiskers.set("lower", place(quantiles.lowerWhisker(), column.type()));
            whiskers.set("upper", place(quantiles.upperWhisker(), column.type()));
        });
        column.histogram().ifPresent(histogram -> json.set("histogram", histogram(histogram, column.type())));
        column.textLengths().ifPresent(lengths -> json.putObject("text_lengths")
                .put("shortest", lengths.shortest())
                .put("longest", lengths.longest())
                .put("mean", lengths.mean()));
        ObjectNode types = json.putObject("type_counts");
        column.typeCounts().forEach(types::put);
        if (!column.semanticTypes().isEmpty()) {
            ObjectNode semantic = json.putObject("semantic_types");
            column.semanticTypes().forEach((type, count) -> semantic.put(type.text(), count));
        }
        json.set("top_values", values(column.topValues()));
        if (!column.valueCounts().isEmpty()) {
            json.set("value_counts", values(column.valueCounts()));
        }
        json.set("alerts", alerts(column.alerts()));
        return json;
    }

    private static ObjectNode moments(Moments moments) {
        ObjectNode json = NODES.objectNode();
        json.set("sum", number(moments.sum()));
        json.set("mean", number(moments.mean()));
        json.set("standard_deviation", number(moments.standardDeviation()));
        json.set("variance", number(moments.variance()));
        json.set("skewness", number(moments.skewness()));
        json.set("kurtosis", number(moments.kurtosis()));
        return json.put("zeros", moments.zeros())
                .put("negatives", moments.negatives())
                .put("nans", moments.nans())
                .put("infinities", moments.infinities());
    }

    private static ObjectNode quantiles(Quantiles quantiles, DataType type) {
        ObjectNode json = NODES.objectNode();
        json.put("precision", precision(quantiles.precision()));
        for (Quantiles.Point point : quantiles.points()) {
            json.set(Double.toString(point.share()), place(point.value(), type));
        }
        return json;
    }

    private static ObjectNode histogram(Histogram histogram, DataType type) {
        ObjectNode json = NODES.objectNode();
        json.put("precision", precision(histogram.precision()));
        ArrayNode bins = json.putArray("bins");
        for (Histogram.Bin bin : histogram.bins()) {
            ObjectNode each = bins.addObject();
            each.set("low", place(bin.low(), type));
            each.set("high", place(bin.high(), type));
            each.put("count", bin.count());
        }
        return json;
    }

    private static ArrayNode values(List<ValueCount> values) {
        ArrayNode json = NODES.arrayNode();
        for (ValueCount each : values) {
            ObjectNode value = json.addObject();
            value.set("value", value(each.value()));
            value.put("count", each.count().value());
            if (!each.count().isExact()) {
                value.put("precision", precision(each.count().precision()));
            }
        }
        return json;
    }

    private static ArrayNode alerts(List<Alert> alerts) {
        ArrayNode json = NODES.arrayNode();
        alerts.forEach(
                alert -> json.addObject().put("kind", alert.kind().text()).put("evidence", alert.evidence()));
        return json;
    }

    private static ObjectNode count(Count count) {
        return NODES.objectNode().put("value", count.value()).put("precision", precision(count.precision()));
    }

    private static String precision(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    /** A place on the axis of a column: a number, or a time as text. */
    private static JsonNode place(double place, DataType type) {
        return type.isNumeric() ? number(place) : NODES.textNode(ProfileText.place(place, type));
    }

    private static JsonNode number(double number) {
        return Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(Double.toString(number));
    }

    private static JsonNode value(Object value) {
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        return NODES.textNode(value.toString());
    }
}
