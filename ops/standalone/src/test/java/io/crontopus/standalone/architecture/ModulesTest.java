package io.crontopus.standalone.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** The lines of "Who may use whom" in docs/architecture.md that are about modules. */
@AnalyzeClasses(packages = "io.crontopus", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {

  private static final String[] MANIFEST = {"io.crontopus.manifest..", "io.crontopus.schedule.."};
  private static final String[] MODEL = {
    "io.crontopus.audit..",
    "io.crontopus.run..",
    "io.crontopus.endpoint..",
    "io.crontopus.enrollment..",
    "io.crontopus.job..",
    "io.crontopus.git..",
    "io.crontopus.tenant..",
    "io.crontopus.user..",
    "io.crontopus.login..",
    "io.crontopus.event.."
  };
  private static final String[] EDGE = {
    "io.crontopus.web..", "io.crontopus.identity..", "io.crontopus.personal.."
  };
  private static final String[] EVENT_STORE = {"io.crontopus.eventstore.."};
  private static final String[] COMMAND_SERVICE = {"io.crontopus.command.."};
  private static final String[] PROJECTIONS = {"io.crontopus.projection.."};
  private static final String[] QUERY_SERVICE = {"io.crontopus.query.."};
  private static final String[] AGENT = {"io.crontopus.agent.."};
  private static final String[] CLI = {"io.crontopus.cli.."};
  private static final String[] BENCH = {"io.crontopus.bench.."};
  private static final String[] LIBRARIES_OF_MANIFEST = {
    "java..", "org.snakeyaml.engine..", "org.jspecify.."
  };

  @ArchTest
  static final ArchRule manifestsNeedTheJdkAndYamlOnly =
      classes()
          .that()
          .resideInAnyPackage(MANIFEST)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and(MANIFEST, LIBRARIES_OF_MANIFEST))
          .because("agents and the command line carry them");

  @ArchTest
  static final ArchRule proofsNeedTheJdkOnly =
      classes()
          .that()
          .resideInAnyPackage("io.crontopus.proof..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.crontopus.proof..", "java..", "org.jspecify..")
          .because("the command line verifies with them, and so can anybody else");

  @ArchTest
  static final ArchRule theModelKnowsManifestsOnly =
      noClasses()
          .that()
          .resideInAnyPackage(MODEL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              and(
                  EDGE,
                  EVENT_STORE,
                  COMMAND_SERVICE,
                  PROJECTIONS,
                  QUERY_SERVICE,
                  AGENT,
                  CLI,
                  "io.crontopus.standalone.."));

  @ArchTest
  static final ArchRule theModelIsFreeOfInfrastructure =
      noClasses()
          .that()
          .resideInAnyPackage(MODEL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "java.sql..",
              "javax.sql..",
              "com.fasterxml.jackson..",
              "tools.jackson..",
              "io.r2dbc..",
              "org.flywaydb..",
              "org.postgresql..",
              "org.eclipse.jgit..")
          .because("the rules of the domain outlive the tools");

  @ArchTest
  static final ArchRule theEventStoreKnowsNoService =
      noClasses()
          .that()
          .resideInAnyPackage(and(EVENT_STORE, EDGE))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              and(
                  COMMAND_SERVICE,
                  PROJECTIONS,
                  QUERY_SERVICE,
                  AGENT,
                  CLI,
                  "io.crontopus.standalone.."));

  @ArchTest
  static final ArchRule servicesDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAnyPackage(COMMAND_SERVICE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              and(PROJECTIONS, QUERY_SERVICE, AGENT, CLI, "io.crontopus.standalone.."));

  @ArchTest
  static final ArchRule theReadSideDoesNotKnowTheWriteSide =
      noClasses()
          .that()
          .resideInAnyPackage(and(PROJECTIONS, QUERY_SERVICE))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(and(COMMAND_SERVICE, AGENT, CLI, "io.crontopus.standalone.."));

  @ArchTest
  static final ArchRule theReadSideSeesNoCommands =
      noClasses()
          .that()
          .resideInAnyPackage(and(PROJECTIONS, QUERY_SERVICE))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.crontopus.run.commands..",
              "io.crontopus.endpoint.commands..",
              "io.crontopus.enrollment.commands..",
              "io.crontopus.job.commands..",
              "io.crontopus.git.commands..",
              "io.crontopus.tenant.commands..");

  @ArchTest
  static final ArchRule theReadSideSeesNoAggregates =
      noClasses()
          .that()
          .resideInAnyPackage(and(PROJECTIONS, QUERY_SERVICE))
          .should()
          .dependOnClassesThat()
          .areAnnotatedWith("org.axonframework.modelling.command.AggregateRoot")
          .orShould()
          .dependOnClassesThat()
          .containAnyMethodsThat(
              CanBeAnnotated.Predicates.annotatedWith(
                  "org.axonframework.eventsourcing.EventSourcingHandler"));

  @ArchTest
  static final ArchRule projectionsAndQueriesShareTablesNotCode =
      noClasses()
          .that()
          .resideInAnyPackage(QUERY_SERVICE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROJECTIONS);

  @ArchTest
  static final ArchRule agentsAndTheCommandLineKnowManifestsOnly =
      noClasses()
          .that()
          .resideInAnyPackage(and(AGENT, CLI))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              and(
                  and(MODEL, EDGE),
                  EVENT_STORE,
                  COMMAND_SERVICE,
                  PROJECTIONS,
                  QUERY_SERVICE,
                  "org.springframework..",
                  "org.axonframework..",
                  "io.crontopus.standalone.."))
          .because("they meet the platform over HTTP, and start in no time");

  @ArchTest
  static final ArchRule theAgentDoesNotKnowTheCommandLine =
      noClasses()
          .that()
          .resideInAnyPackage(AGENT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI);

  @ArchTest
  static final ArchRule theCommandLineDoesNotKnowTheAgent =
      noClasses()
          .that()
          .resideInAnyPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AGENT);

  @ArchTest
  static final ArchRule theBenchKnowsNothingOfThePlatform =
      noClasses()
          .that()
          .resideInAnyPackage(BENCH)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              and(
                  and(MANIFEST, MODEL),
                  and(EDGE, EVENT_STORE),
                  COMMAND_SERVICE,
                  PROJECTIONS,
                  QUERY_SERVICE,
                  AGENT,
                  CLI,
                  "io.crontopus.standalone..",
                  "org.axonframework.."))
          .because("it measures the platform from outside: HTTP, SQL and the process table");

  private static String[] and(Object... packages) {
    return Arrays.stream(packages)
        .flatMap(
            some ->
                some instanceof String[] names ? Arrays.stream(names) : Stream.of((String) some))
        .toArray(String[]::new);
  }

  private static String[] and(String[] some, String[] others) {
    return and((Object) some, others);
  }
}
