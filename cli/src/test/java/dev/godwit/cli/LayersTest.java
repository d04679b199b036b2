package dev.godwit.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may see whom, over the classes of all modules. */
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.godwit");

  @Test
  void theCommandLineMeetsStoresOnlyThroughTheirContracts() {
    noClasses()
        .that()
        .resideInAPackage("dev.godwit.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.godwit.extractor..", "dev.godwit.loader..", "dev.godwit.storage..")
        .check(CLASSES);
  }

  @Test
  void nothingBelowKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.godwit.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.godwit.cli..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void theContractsKnowNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.godwit.spi..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.godwit.vault..",
            "dev.godwit.transfer..",
            "dev.godwit.backup..",
            "dev.godwit.restore..",
            "dev.godwit.compare..",
            "dev.godwit.extractor..",
            "dev.godwit.loader..")
        .check(CLASSES);
  }

  /**
   * One exception: below the vault's own package lies what it is made of, and that knows the
   * records of its contract (Manifest, CheckReport) which stand beside it.
   */
  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching("dev.godwit.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            resideInAPackage("dev.godwit.vault.*.."), resideInAPackage("dev.godwit.vault"))
        .check(CLASSES);
  }
}
