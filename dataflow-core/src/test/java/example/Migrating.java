package example;

import static io.millrace.dataflow.expr.ColumnSelector.allBut;
import static io.millrace.dataflow.expr.ColumnSelector.columns;
import static io.millrace.dataflow.expr.ColumnSelector.matching;
import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.decimal;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.CalendarUnit;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.TimeOps;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.learn.DerivedColumn;
import io.millrace.dataflow.learn.Learn;
import io.millrace.dataflow.learn.Statistic;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.Target;
import io.millrace.dataflow.profile.ColumnProfile;
import io.millrace.dataflow.profile.Profile;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.Existing;
import io.millrace.dataflow.source.FileColumns;
import io.millrace.dataflow.source.FixedWidthOptions;
import io.millrace.dataflow.source.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every line of Java in {@code docs/migrating.md}. */
final class Migrating {
    private Migrating() {}

    static List<Dataflow> readers(Schema schema, List<List<@Nullable Object>> rows, List<Map<String, Object>> maps) {
        return List.of(
                Dataflow.readCsv("a.csv"),
                Dataflow.readCsv("a.csv", CsvOptions::allText),
                Dataflow.readCsv("a.csv", csv -> csv.delimiter(';').skipRows(1).comment('#')),
                Dataflow.readCsv("a.csv", csv -> csv.encoding(StandardCharsets.ISO_8859_1)
                        .withoutHeader()),
                Dataflow.readCsv("*.csv", csv -> csv.columns(FileColumns.UNION)),
                Dataflow.readCsv("*.csv", csv -> csv.pathColumn("Path")),
                Dataflow.readCsv("a.csv", csv -> csv.errors(ErrorPolicy.drop(100))),
                Dataflow.readLines("a.log"),
                Dataflow.read("a.txt", FixedWidthOptions.at(10, 25)),
                Dataflow.readJsonLines("a.jsonl"),
                Dataflow.readParquet("a.parquet"),
                Dataflow.readArrow("a.arrow"),
                Dataflow.rows(schema, rows),
                Dataflow.fromMaps(schema, maps),
                Dataflow.readCsv(
                        Source.blob("https://x.blob.core.windows.net/c/a.csv", Credential.named("lake")), csv -> csv));
    }

    /** Looks into the first file at once. */
    static Dataflow detected() {
        return Dataflow.autoRead("data/*");
    }

    static Dataflow saved(String json) {
        return Dataflow.fromJson(json, Path.of("plans"));
    }

    static List<Dataflow> columnSteps(Dataflow flow, Dataflow other) {
        return List.of(
                flow.select("id", "t"),
                flow.drop("x"),
                flow.select(matching("[a-z]").ignoringCase()),
                flow.select(allBut("x")),
                flow.renameAll(Map.of("x", "price", "t", "name")),
                flow.duplicate("x", "x2"),
                flow.withColumnAfter("x", "y", col("x").times(2)),
                flow.appendColumns(other),
                flow.appendColumnsPadded(other),
                flow.mapValues("t", "kind", Map.of("a", "first", "b", "second")),
                flow.withColumn("size", when(col("x").gt(1)).then("large").otherwise("small")));
    }

    static List<Dataflow> typeSteps(Dataflow flow) {
        return List.of(
                flow.toNumber("n"),
                flow.withColumn("n", col("n").text().toNumber(",", ".")),
                flow.toWholeNumber("n"),
                flow.withColumn("b", col("t").text().toBool(List.of("yes"), List.of("no"))),
                flow.toTimestamp("d", "%m/%d/%Y", "%Y-%m-%d"),
                flow.toDate("d", "yyyy-MM-dd"),
                flow.toText("x"),
                flow.cast("n", decimal(10, 2)),
                flow.castAll(columns("id", "x"), FLOAT64),
                flow.cast("d", DATE));
    }

    static List<Dataflow> byExample(Dataflow flow, Engine engine) {
        return List.of(
                Learn.from(flow).columnTypes().learn(engine).toDataflow(),
                Learn.from(flow).columnTypes().learn(engine).monthFirst().toDataflow(),
                Learn.from(flow).columnTypes().learn(engine).dayFirst().toDataflow(),
                Learn.from(flow).columnTypes().learn(engine).without("d").toDataflow(),
                Learn.from(flow)
                        .column("day")
                        .from("d")
                        .example("2024-03-01", "1 March 2024")
                        .learn(engine)
                        .toDataflow(),
                Learn.from(flow)
                        .split("d")
                        .example("2024-03-01", "2024", "03", "01")
                        .learn(engine)
                        .toDataflow(),
                Learn.from(flow).split("d").learn(engine).toDataflow());
    }

    static List<DerivedColumn.Suggestion> suggestions(Dataflow flow, Engine engine) {
        return Learn.from(flow)
                .column("day")
                .from("d")
                .example("2024-03-01", "1 March 2024")
                .learn(engine)
                .suggestions();
    }

    static List<Dataflow> rowSteps(Dataflow flow, Dataflow other) {
        return List.of(
                flow.filter(col("x").gt(1)),
                flow.take(10),
                flow.skip(10),
                flow.sample(0.1, 7),
                flow.stratifiedSample("t", Map.of("a", 0.5, "b", 0.1), 7),
                flow.randomSplit(0.8, 7).sample(),
                flow.randomSplit(0.8, 7).rest(),
                flow.splitInto(3, 7).get(0),
                flow.distinct("t"),
                flow.distinct(),
                flow.sort(SortKey.descending("x"), SortKey.ascending("t")),
                flow.sort("x"),
                flow.dropNulls("x", "t"),
                flow.dropNullRows("x", "t"),
                flow.filterEvery(columns("n", "x"), Expr::isNotError),
                flow.unionByName(other),
                flow.innerJoin(other, "id"),
                flow.leftJoin(other, "id"),
                flow.rightJoin(other, "id"),
                flow.fullJoin(other, "id"),
                flow.semiJoin(other, "id"),
                flow.antiJoin(other, "id"),
                flow.join(other, JoinOptions.left(JoinKeys.of("id", "key")).prefixes("l_", "r_")));
    }

    static List<Dataflow> valueSteps(Dataflow flow) {
        return List.of(
                flow.replace("x", 0.0, null),
                flow.replaceNullTokens("t"),
                flow.replaceNullTokens("t", "none", "-"),
                flow.fillNull("x", 0.0),
                flow.withColumn("x", col("x").ifError(0.0)),
                flow.clip("x", 0.0, 1.0),
                flow.clipToNull("x", 0.0, 1.0),
                flow.replaceText("t", "a", "b"),
                flow.replace("t", "a", "b"),
                flow.replacePattern("t", "\\s+", " "),
                flow.trim("t"),
                flow.round("x", 2),
                flow.withColumn("when", col("id").time().fromUnix(CalendarUnit.SECOND)),
                flow.splitColumn("t", ",", "first", "second"),
                flow.extractErrors("x", "code", "was"),
                flow.dropErrors("x"),
                flow.dropErrorsAtMost(100, "x"),
                flow.failOnErrors("x"),
                flow.parseJsonColumn("t", DataTypes.listOf(DataTypes.INT64)));
    }

    static List<Dataflow> summaries(Dataflow flow, Engine engine) {
        return List.of(
                flow.groupBy("t")
                        .aggregate(
                                Aggregate.mean("x").as("mean"),
                                Aggregate.count("x").as("count")),
                flow.groupBy().aggregate(Aggregate.sum("x").as("total")),
                flow.groupBy("t").appendAggregates(Aggregate.mean("x").as("mean of t")),
                flow.groupBy("t")
                        .aggregate(
                                Aggregate.median("x").as("median"),
                                Aggregate.variance("x").as("variance")),
                flow.groupBy("t")
                        .aggregate(
                                Aggregate.standardDeviation("x").as("sd"),
                                Aggregate.skewness("x").as("skewness"),
                                Aggregate.kurtosis("x").as("kurtosis")),
                flow.groupBy()
                        .aggregate(
                                Aggregate.topValues("t", 5).as("top"),
                                Aggregate.bottomValues("t", 5).as("bottom")),
                flow.pivot("t", Aggregate.sum("x"), "id").learn(engine).toDataflow(),
                flow.pivot("t", Aggregate.sum("x"), "id").values("a", "b").toDataflow(),
                flow.unpivot(List.of("id"), List.of("x", "z"), "name", "value"),
                flow.window(
                        over -> over.partitionBy("t").orderBy("id"),
                        WindowFunction.lag("x", 1).as("before")),
                flow.verifyHasRows());
    }

    static List<Dataflow> learnt(Dataflow flow, Dataflow other, Engine engine) {
        return List.of(
                Learn.joining(flow, other).learn(engine).toDataflow(),
                Learn.joining(flow, other).learn(engine).choose(0).toDataflow(),
                Learn.from(flow).impute("x", Statistic.MEAN).learn(engine).toDataflow(),
                Learn.from(flow)
                        .impute("x", Statistic.MAX)
                        .by("t")
                        .learn(engine)
                        .toDataflow(),
                Learn.from(flow).oneHot("t").prefix("is ").learn(engine).toDataflow(),
                Learn.from(flow).labelEncode("t", "code").learn(engine).toDataflow(),
                Learn.from(flow).minMaxScale("x").range(0, 1).learn(engine).toDataflow(),
                Learn.from(flow).minMaxScale("x").dataRange(0, 10).toDataflow(),
                Learn.from(flow)
                        .quantileTransform("x", "share")
                        .quantiles(100)
                        .learn(engine)
                        .toDataflow(),
                Learn.from(flow)
                        .quantileTransform("x", "normal")
                        .normal()
                        .learn(engine)
                        .toDataflow(),
                Learn.from(flow)
                        .spellings("t")
                        .into("clean")
                        .similarityInto("similarity")
                        .learn(engine)
                        .toDataflow(),
                Learn.from(flow).spellings("t").learn(engine).rename("a", "A").toDataflow(),
                Learn.from(flow).standardScale("x").learn(engine).toDataflow(),
                Learn.from(flow).bins("x", "bin").byQuantile(4).learn(engine).toDataflow());
    }

    static List<Expr> expressions() {
        return List.of(
                col("x"),
                col("x").gt(1).and(col("t").eq("a")),
                col("x").ne(col("z")),
                col("x").lt(0).or(col("t").isNull().not()),
                col("x").plus(1).minus(col("z")).times(2).dividedBy(3),
                col("x").floorDividedBy(2).mod(2),
                col("x").math().power(2),
                col("t").text().substring(1, 3),
                col("t").text().length(),
                col("t").text().upper(),
                col("t").text().lower(),
                col("t").text().startsWith("a"),
                col("t").text().contains("a"),
                col("t").text().endsWith("a"),
                col("x").isNull(),
                col("x").isError(),
                col("t").text().matches("[a-z]+"),
                col("t").text().extractGroups("(?<first>[a-z])"),
                TimeOps.timestamp(2024, 3, 1, 12, 0, 0),
                TimeOps.date(2024, 3, 1));
    }

    static List<Output> outputs() {
        return List.of(
                Output.to(Target.of(Source.blob("https://x.blob.core.windows.net/c/a.csv", Credential.named("lake")))),
                Output.to("a.csv").existing(Existing.KEEP));
    }

    static void toBlob(Dataflow flow, Engine engine) {
        flow.write(engine, Output.to("https://x.blob.core.windows.net/c/a.csv?sv=..."));
    }

    static List<@Nullable Object> actions(Dataflow flow, Engine engine, Path directory) {
        String csv = directory.resolve("a.csv").toString();
        String arrow = directory.resolve("a.arrow").toString();
        return Arrays.asList(
                flow.head(engine, 10),
                flow.collect(engine),
                flow.iterate(engine),
                flow.count(engine),
                flow.schema(engine),
                flow.explain(engine),
                flow.profile(engine),
                flow.profile(engine, profile -> profile.bins(20).withSemanticTypes()),
                flow.write(engine, Output.csv(csv).errors(ErrorCells.AS_TEXT), Output.to(arrow)),
                flow.toJson());
    }

    static List<Object> plans(Dataflow flow, Path file) {
        flow.save(file);
        Dataflow opened = Dataflow.open(file);
        Dataflow sampled = Dataflow.readCsv("sample.csv");
        return List.of(
                opened,
                flow.steps(),
                flow.steps(0, 1),
                flow.diff(opened),
                sampled.sources(),
                sampled.replaceSource("sample.csv", "all/*.csv"),
                sampled.missingCredentials(Credentials.none()));
    }

    static List<Object> figures(Profile profile) {
        ColumnProfile column = profile.column("x");
        return List.of(
                profile.rowCount(),
                column.type(),
                column.smallest(),
                column.largest(),
                column.counts().rows(),
                column.counts().nulls(),
                column.counts().notNull(),
                column.counts().nullRatio(),
                column.counts().errors(),
                column.counts().empty(),
                column.distinct(),
                column.quantiles().orElseThrow().at(0.25),
                column.quantiles().orElseThrow().median(),
                column.quantiles().orElseThrow().lowerWhisker(),
                column.moments().orElseThrow().mean(),
                column.moments().orElseThrow().standardDeviation(),
                column.moments().orElseThrow().variance(),
                column.moments().orElseThrow().skewness(),
                column.moments().orElseThrow().kurtosis(),
                column.histogram().orElseThrow().bins(),
                column.valueCounts(),
                column.typeCounts(),
                column.semanticTypes());
    }
}
