package io.millrace.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of direction and form that the modules on Spark keep. */
class SparkArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .importPackages("io.millrace");

    private static final JavaClasses MAIN =
            ALL.that(describe("are of Spark", type -> (type.getPackageName() + ".").contains(".spark.")));

    @Test
    void theRulesSeeBothModules() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct())
                .contains("io.millrace.dataflow.spark", "io.millrace.dataflow.spark.csv", "io.millrace.automl.spark");
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.millrace.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void dataflowsOnSparkKnowNoAutoMl() {
        check(noClasses()
                .that()
                .resideInAPackage("..dataflow.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.millrace.automl.."));
    }

    @Test
    void nothingKnowsTheCommandOrTheLocalRunner() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.millrace.cli..", "io.millrace.automl.local.."));
    }

    @Test
    void onlyWhatUsersNameAndSparkLoadsByNameAndTheDataSourceSharesIsPublic() {
        check(classes()
                .that()
                .resideInAPackage("..dataflow.spark..")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("SparkEngine")
                .and()
                .doNotHaveSimpleName("MillraceCsv")
                .and(describe("are not loaded by name", type -> !isLoadedByName(type)))
                .and(describe("are not shared with the data source", type -> !isShared(type)))
                .should()
                .notBePublic());
    }

    @Test
    void nothingWritesToTheStandardStreams() {
        check(noClasses().should(ACCESS_STANDARD_STREAMS));
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

    /** Whether Spark makes the class from its name, or a service loader does. */
    private static boolean isLoadedByName(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                        .anyMatch(each -> each.getName().equals("org.apache.spark.sql.connector.catalog.TableProvider")
                                || each.getName().equals("org.apache.spark.sql.connector.metric.CustomMetric")
                                || isService(each))
                || type.getAllRawSuperclasses().stream()
                        .anyMatch(each -> each.getName().equals("org.apache.spark.ml.Transformer"));
    }

    /** Java lets a package see of another one only what is public. */
    private static boolean isShared(JavaClass type) {
        return type.getPackageName().equals("io.millrace.dataflow.spark")
                && type.getDirectDependenciesToSelf().stream()
                        .anyMatch(
                                use -> use.getOriginClass().getPackageName().equals("io.millrace.dataflow.spark.csv"));
    }

    private static boolean isService(JavaClass type) {
        return SparkArchitectureTest.class.getResource("/META-INF/services/" + type.getName()) != null;
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }
}
