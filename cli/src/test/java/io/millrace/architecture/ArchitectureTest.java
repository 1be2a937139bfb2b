package io.millrace.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beRecords;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of direction and form that every module without Spark keeps. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .importPackages("io.millrace");

    @Test
    void theRulesSeeEveryModule() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct())
                .contains(
                        "io.millrace.dataflow",
                        "io.millrace.dataflow.error",
                        "io.millrace.dataflow.schema",
                        "io.millrace.dataflow.expr",
                        "io.millrace.dataflow.source",
                        "io.millrace.dataflow.plan",
                        "io.millrace.dataflow.table",
                        "io.millrace.dataflow.local",
                        "io.millrace.dataflow.profile",
                        "io.millrace.automl",
                        "io.millrace.automl.trial",
                        "io.millrace.automl.feature",
                        "io.millrace.automl.learner",
                        "io.millrace.automl.search",
                        "io.millrace.automl.pipeline",
                        "io.millrace.automl.local",
                        "io.millrace.cli");
    }

    @Test
    void packagesFormNoCycles() {
        check(slices().matching("io.millrace.(**)").should().beFreeOfCycles());
    }

    @Test
    void planKnowsNoEngine() {
        check(noClasses()
                .that()
                .resideInAPackage("..dataflow.plan..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..local..", "..spark..", "org.apache.."));
    }

    @Test
    void nothingHereKnowsSpark() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala.."));
    }

    @Test
    void xgboostIsUsedThroughItsJavaInterfaceAlone() {
        check(noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("ml.dmlc..")
                        .and(describe("outside of ml.dmlc.xgboost4j.java", type -> !type.getPackageName()
                                .equals("ml.dmlc.xgboost4j.java")))));
    }

    @Test
    void searchAndLearnersKnowNoDataflow() {
        check(noClasses()
                .that()
                .resideInAnyPackage("..automl.search..", "..automl.learner..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.millrace.dataflow..")
                        .and(describe("other than errors", type -> !type.getPackageName()
                                .equals("io.millrace.dataflow.error")))));
    }

    @Test
    void arrowStaysWhereColumnsAreHeld() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "..dataflow.table..",
                        "..dataflow.execution..",
                        "..dataflow.kernel..",
                        "..dataflow.format..",
                        "..dataflow.csv..",
                        "..dataflow.json..",
                        "..dataflow.lines..",
                        "..dataflow.arrow..",
                        "..dataflow.output..",
                        "..dataflow.profile..",
                        "..dataflow.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.arrow.."));
    }

    @Test
    void onlyReadersRevealASasToken() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("..dataflow.source..", "..dataflow.local..")
                .should()
                .callMethodWhere(describe(
                        "reveals a SAS token",
                        call -> call.getTarget().getName().equals("reveal")
                                && call.getTargetOwner().getSimpleName().equals("SasToken"))));
    }

    @Test
    void onlyTheCommandWritesToTheStandardStreams() {
        check(noClasses().that().resideOutsideOfPackage("..cli..").should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void nothingLogsThroughJavaUtilLogging() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
    }

    @Test
    void nothingThrowsAGenericException() {
        check(noClasses().should(THROW_GENERIC_EXCEPTIONS));
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<JavaPackage> packages = MAIN.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

        assertThat(packages).allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                .as(each.getName())
                .isTrue());
    }

    @Test
    void stepsAndExpressionsAreRecords() {
        check(classes()
                .that(describe("are steps or expressions", ArchitectureTest::isStepOrExpression))
                .should(beRecords()));
    }

    @Test
    void nothingIsJavaSerializable() {
        check(noClasses()
                .that()
                .doNotHaveSimpleName("RowFunction")
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.be(
                        describe("declared Serializable", type -> type.getRawInterfaces().stream()
                                .anyMatch(each -> each.isEquivalentTo(Serializable.class))))));
    }

    private static boolean isStepOrExpression(JavaClass type) {
        return !type.isInterface()
                && type.getAllRawInterfaces().stream()
                        .map(JavaClass::getName)
                        .anyMatch(Set.of(
                                "io.millrace.dataflow.plan.Step",
                                "io.millrace.dataflow.expr.Expr",
                                "io.millrace.dataflow.plan.TypedExpr")::contains);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }
}
