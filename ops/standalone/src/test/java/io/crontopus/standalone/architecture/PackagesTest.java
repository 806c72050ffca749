package io.crontopus.standalone.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Rules about packages: their names, their nulls, and how features meet. */
@AnalyzeClasses(packages = "io.crontopus", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

  @ArchTest
  static final ArchRule noPackageIsADrawerForAnything =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..utils..",
              "..common..",
              "..helper..",
              "..helpers..",
              "..manager..",
              "..impl..");

  @ArchTest
  static final ArchRule everyPackageSaysWhatMayBeNull =
      classes()
          .should(
              new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, type.getPackageName() + " is not @NullMarked"));
                }
              });

  @ArchTest
  static final ArchRule featuresOfTheModelMeetThroughCommandsAndEvents =
      slices()
          .matching("io.crontopus.(run|endpoint|enrollment|job|git|tenant|user|login)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(DescribedPredicate.alwaysTrue(), spoken());

  @ArchTest
  static final ArchRule projectionsOfFeaturesDoNotKnowEachOther =
      slices()
          .matching("io.crontopus.projection.(run|endpoint|enrollment|job|git|tenant)..")
          .should()
          .notDependOnEachOther();

  /**
   * An instance is of a job and on an endpoint; its view is the endpoint's, and a job lists it too.
   */
  @ArchTest
  static final ArchRule routesOfFeaturesDoNotKnowEachOther =
      slices()
          .matching("io.crontopus.query.(run|endpoint|job|git)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              JavaClass.Predicates.resideInAPackage("io.crontopus.query.job"),
              JavaClass.Predicates.simpleName("Instances")
                  .or(JavaClass.Predicates.simpleName("InstanceView")));

  /** The catalog of events names those of every feature, which is what it is for. */
  @ArchTest
  static final ArchRule featuresAndModulesAreFreeOfCycles =
      slices()
          .matching("io.crontopus.(*)..")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              JavaClass.Predicates.simpleName("EventCatalog"), DescribedPredicate.alwaysTrue());

  private static DescribedPredicate<JavaClass> spoken() {
    return JavaClass.Predicates.resideInAnyPackage("..commands..", "..events..");
  }
}
