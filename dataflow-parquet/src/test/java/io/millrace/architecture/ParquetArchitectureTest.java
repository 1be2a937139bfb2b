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
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of direction and form that the module of Parquet keeps. */
class ParquetArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .importPackages("io.millrace");

    private static final JavaClasses MAIN =
            ALL.that(describe("are of Parquet", type -> type.getPackageName().equals("io.millrace.dataflow.parquet")));

    @Test
    void theRulesSeeTheModule() {
        assertThat(MAIN.contain("io.millrace.dataflow.parquet.ParquetFormat")).isTrue();
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.millrace.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void nothingKnowsSparkOrAnEngineOrWhatIsAboveIt() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark..",
                        "scala..",
                        "io.millrace.automl..",
                        "io.millrace.cli..",
                        "..dataflow.local..",
                        "..dataflow.spark.."));
    }

    @Test
    void nothingButThisModuleKnowsParquetOrHadoop() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.millrace.dataflow.parquet")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..")
                .check(ALL);
    }

    @Test
    void hadoopsFileSystemsTakeNoPart() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.hadoop.fs.."));
    }

    @Test
    void onlyTheFormatThatAServiceLoaderMakesIsPublic() {
        check(classes()
                .that()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("ParquetFormat")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .notBePublic());
    }

    @Test
    void nothingRevealsASasToken() {
        check(noClasses()
                .should()
                .callMethodWhere(describe(
                        "reveals a SAS token",
                        call -> call.getTarget().getName().equals("reveal")
                                && call.getTargetOwner().getSimpleName().equals("SasToken"))));
    }

    @Test
    void nothingIsJavaSerializable() {
        check(noClasses()
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.be(
                        describe("declared Serializable", ParquetArchitectureTest::isSerializable))));
    }

    @Test
    void nothingWritesToTheStandardStreamsOrLogsThroughJavaUtilLogging() {
        check(noClasses().should(ACCESS_STANDARD_STREAMS));
        check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
    }

    @Test
    void nothingThrowsAGenericException() {
        check(noClasses().should(THROW_GENERIC_EXCEPTIONS));
    }

    @Test
    void thePackageIsNullMarked() {
        assertThat(MAIN.get("io.millrace.dataflow.parquet.ParquetFormat")
                        .getPackage()
                        .isAnnotatedWith(NullMarked.class))
                .isTrue();
    }

    private static boolean isSerializable(JavaClass type) {
        return type.getRawInterfaces().stream().anyMatch(each -> each.isEquivalentTo(Serializable.class));
    }

    private static void check(ArchRule rule) {
        rule.check(MAIN);
    }
}
