package io.millrace.dataflow.plan;

import static io.millrace.dataflow.expr.ColumnSelector.matching;
import static io.millrace.dataflow.expr.ColumnSelector.numeric;
import static io.millrace.dataflow.expr.ColumnSelector.ofType;
import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.schema.Schema.Field.optional;
import static io.millrace.dataflow.schema.Schema.Field.required;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.EachColumn;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.PivotColumn;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.Window;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ArrowOptions;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.FileColumns;
import io.millrace.dataflow.source.FixedWidthOptions;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.LinesOptions;
import io.millrace.dataflow.source.ParquetOptions;
import io.millrace.dataflow.source.Source;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One step of every kind, with every option set somewhere. */
final class StepExamples {
    static final Schema BIRDS = Schema.of(
            required("id", INT64),
            optional("species", TEXT),
            optional("mass", FLOAT64),
            optional("cost", decimal(10, 2)),
            optional("seen", DATE),
            optional("at", TIMESTAMP));

    private StepExamples() {}

    static Map<String, Step> byName() {
        Map<String, Step> steps = new LinkedHashMap<>();
        steps.put("read_csv_blob", readCsv());
        steps.put("read_csv_tables", readTables());
        steps.put(
                "read_csv_file",
                new SourceStep.Read(Source.file("birds/*.csv"), CsvOptions.defaults(), Optional.of(BIRDS)));
        steps.put(
                "read_json_lines_quarantine",
                new SourceStep.Read(
                        Source.file("birds.jsonl"),
                        JsonLinesOptions.defaults().schema(BIRDS).errors(ErrorPolicy.quarantine("rejects.csv")),
                        Optional.empty()));
        steps.put(
                "read_json_lines",
                new SourceStep.Read(
                        Source.file("birds.jsonl"),
                        JsonLinesOptions.defaults().schema(BIRDS).inferFrom(10).errors(ErrorPolicy.keep()),
                        Optional.empty()));
        steps.put(
                "read_lines",
                new SourceStep.Read(
                        Source.file("birds.log"),
                        LinesOptions.defaults()
                                .encoding(StandardCharsets.ISO_8859_1)
                                .errors(ErrorPolicy.drop(3)),
                        Optional.empty()));
        steps.put(
                "read_fixed_width",
                new SourceStep.Read(
                        Source.file("birds.txt"),
                        FixedWidthOptions.at(4, 20)
                                .encoding(StandardCharsets.ISO_8859_1)
                                .withoutHeader()
                                .inferFrom(10)
                                .errors(ErrorPolicy.keep()),
                        Optional.of(BIRDS)));
        steps.put(
                "read_arrow", new SourceStep.Read(Source.file("birds.arrow"), new ArrowOptions(), Optional.of(BIRDS)));
        steps.put(
                "read_parquet", new SourceStep.Read(Source.file("*.parquet"), new ParquetOptions(), Optional.empty()));
        steps.put(
                "values",
                new SourceStep.Values(
                        BIRDS,
                        List.of(
                                Arrays.asList(
                                        1L,
                                        "crow",
                                        0.5,
                                        new BigDecimal("12.50"),
                                        LocalDate.of(2024, 3, 1),
                                        Instant.parse("2024-03-01T12:00:00Z")),
                                Arrays.asList(2L, null, null, null, null, null))));
        steps.put("select", new ColumnStep.Select(List.of("mass", "id")));
        steps.put(
                "select_by_selector",
                new ColumnStep.Select(ColumnSelector.columns("id")
                        .or(matching("m.*").ignoringCase().and(numeric()))
                        .or(ofType(TEXT, decimal(10, 2)).not())
                        .or(matching("x.*").optional())
                        .or(ColumnSelector.all())));
        steps.put("drop", new ColumnStep.Drop(List.of("cost")));
        steps.put("rename", new ColumnStep.Rename("mass", "mass_kg"));
        steps.put("rename_all", new ColumnStep.RenameAll(Map.of("mass", "mass_kg")));
        steps.put(
                "rename_matching",
                new ColumnStep.RenameMatching(matching("(.*)s").ignoringCase(), "$1"));
        steps.put("move_first", new ColumnStep.Move(ColumnSelector.columns("mass"), Optional.empty()));
        steps.put("move_after", new ColumnStep.Move(numeric(), Optional.of("seen")));
        steps.put(
                "with_columns",
                new ColumnStep.WithColumns(
                        numeric(), EachColumn.placeholder().times(2), ColumnStep.WithColumns.Typing.AS_COMPUTED));
        steps.put(
                "with_column",
                new ColumnStep.WithColumn(
                        "heavy",
                        when(col("mass").gt(1.5).and(col("species").ne("crow")))
                                .then("yes")
                                .when(col("mass").isNull())
                                .then(null)
                                .otherwise(col("id").cast(TEXT))));
        steps.put("cast", new ColumnStep.Cast("id", TEXT));
        steps.put("filter", new RowStep.Filter(col("mass").gt(1)));
        steps.put(
                "filter_columns",
                new RowStep.FilterColumns(
                        numeric(),
                        RowStep.FilterColumns.Quantifier.ANY,
                        EachColumn.placeholder().gt(0)));
        steps.put("fill_null", new ColumnStep.FillNull("mass", 0.0));
        steps.put("explode", new RowStep.Explode("tags", RowStep.Explode.Empty.NULL));
        steps.put("unnest", new ColumnStep.Unnest("place"));
        steps.put("reject_errors", new RowStep.RejectErrors(List.of("mass"), 3, Optional.of("bad.csv")));
        steps.put("limit", new RowStep.Limit(10));
        steps.put("skip", new RowStep.Skip(10));
        steps.put("tail", new RowStep.Tail(10));
        steps.put("row_number", new RowStep.RowNumber("row"));
        steps.put("sample_rows", new RowStep.SampleRows(10, 42));
        steps.put("require_rows", new RowStep.RequireRows());
        steps.put(
                "sort",
                new RowStep.Sort(List.of(
                        SortKey.ascending("species"), SortKey.descending("mass").nullsLast())));
        steps.put("distinct", new RowStep.Distinct(List.of("species"), RowStep.Distinct.Keep.FIRST));
        steps.put("duplicates", new RowStep.Distinct(List.of("species"), RowStep.Distinct.Keep.REPEATED));
        steps.put("distinct_all", new RowStep.Distinct(ColumnSelector.all(), RowStep.Distinct.Keep.FIRST));
        steps.put("distinct_by_selector", new RowStep.Distinct(numeric(), RowStep.Distinct.Keep.LAST));
        steps.put("union", new TableStep.Union(TableStep.Union.Match.SAME));
        steps.put("union_by_name", new TableStep.Union(TableStep.Union.Match.NAME));
        steps.put("join", new TableStep.Join(JoinOptions.left(JoinKeys.of("species"))));
        steps.put(
                "join_by_expressions",
                new TableStep.Join(JoinOptions.full(JoinKeys.of("id", "bird")
                                .and(col("seen"), col("at").cast(DATE)))
                        .prefixes("l_", "r_")
                        .expectManyToOne()));
        steps.put("cross_join", new TableStep.Join(JoinOptions.cross().suffixes("_a", "_b")));
        steps.put("append_columns", new TableStep.AppendColumns(TableStep.AppendColumns.Lengths.PADDED));
        steps.put("unpivot", new TableStep.Unpivot(List.of("id"), List.of("mass", "cost"), "measure", "value"));
        steps.put(
                "pivot",
                new TableStep.Pivot(
                        List.of("id"),
                        "species",
                        Aggregate.sum("mass"),
                        List.of(
                                PivotColumn.of("crow", "crow"),
                                PivotColumn.ofNull("NULL"),
                                PivotColumn.ofError("ERROR"))));
        steps.put(
                "group_by",
                new TableStep.GroupBy(
                        List.of("species"),
                        List.of(
                                Aggregate.count(),
                                Aggregate.mean("mass").as("mean_mass"),
                                new Aggregate(
                                        Aggregate.Kind.MAX,
                                        Optional.of(col("mass").times(2)),
                                        "twice"))));
        steps.put("group_by_more", groupByMore());
        steps.put("window", window());
        return steps;
    }

    private static TableStep.GroupBy groupByMore() {
        return new TableStep.GroupBy(
                List.of(),
                List.of(
                        Aggregate.quantile("mass", 0.25).as("quarter"),
                        Aggregate.topValues("species", 3).where(col("mass").gt(1)),
                        Aggregate.correlation("mass", "id")));
    }

    private static TableStep.Window window() {
        return new TableStep.Window(
                Window.all()
                        .partitionBy("species")
                        .orderBy(SortKey.descending("at").nullsLast()),
                List.of(
                        WindowFunction.rank().as("place"),
                        WindowFunction.ntile(4),
                        WindowFunction.lag(col("mass").times(2), 1)
                                .otherwise(0.5)
                                .as("before"),
                        WindowFunction.firstValue("mass").over(Frame.running()),
                        Aggregate.count(),
                        Aggregate.sum("mass").rows(-6, 0).as("week"),
                        Aggregate.mean("mass")
                                .over(Frame.times(Duration.ofMillis(-1500), Duration.ZERO))
                                .as("lately")));
    }

    private static SourceStep.Read readTables() {
        CsvOptions options = CsvOptions.defaults()
                .delimiter("||")
                .withoutQuote()
                .headerRows(2)
                .firstTableOnly()
                .padShortRows()
                .overflowColumn("rest")
                .columns(FileColumns.UNION)
                .pathColumn("file")
                .recordColumn("record")
                .nullTokensOf("mass", "n/a", "-")
                .quotedEmptyAsNull();
        return new SourceStep.Read(Source.file("birds/*.csv"), options, Optional.empty());
    }

    private static SourceStep.Read readCsv() {
        CsvOptions options = CsvOptions.defaults()
                .delimiter(';')
                .quote('\'')
                .escape('\\')
                .encoding(StandardCharsets.ISO_8859_1)
                .withoutHeader()
                .skipRows(2)
                .comment('#')
                .nullTokens("NA", "-")
                .inferFrom(1000)
                .errors(ErrorPolicy.drop(100));
        return new SourceStep.Read(
                Source.blob("https://acme.blob.core.windows.net/raw/birds.csv", Credential.named("acme-raw")),
                options,
                Optional.empty());
    }
}
