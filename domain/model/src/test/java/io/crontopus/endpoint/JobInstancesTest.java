package io.crontopus.endpoint;

import io.crontopus.endpoint.commands.EnrollEndpoint;
import io.crontopus.endpoint.commands.ReportJobInstances;
import io.crontopus.endpoint.commands.RevokeEndpoint;
import io.crontopus.endpoint.events.JobInstancesChanged;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An endpoint's history holds changes of what it runs, and nothing that did not change. */
class JobInstancesTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final EndpointId ENDPOINT = EndpointId.ofMachine("acme", "machine-1");

  private AggregateTestFixture<Endpoint> fixture = new AggregateTestFixture<>(Endpoint.class);

  @BeforeEach
  void registerHandler() {
    fixture = new AggregateTestFixture<>(Endpoint.class);
    fixture.registerAnnotatedCommandHandler(new EndpointHandler(fixture.getRepository(), _ -> {}));
  }

  @Test
  void givenAnEndpointWhenItReportsAJobThenThatIsAChange() {
    fixture
        .givenCommands(enroll())
        .when(report("c1", instance("a", "in_sync")))
        .expectEvents(changed("c1", List.of(instance("a", "in_sync")), List.of()));
  }

  @Test
  void givenAReportWhenItComesAgainThenNothingHappens() {
    fixture
        .givenCommands(enroll(), report("c1", instance("a", "in_sync")))
        .when(report("c1", instance("a", "in_sync")))
        .expectNoEvents()
        .expectResultMessagePayload(0);
  }

  @Test
  void givenTwoJobsWhenOneDriftsAndOneGoesThenBothAreToldAndNothingElse() {
    fixture
        .givenCommands(enroll(), report("c1", instance("a", "in_sync"), instance("b", "in_sync")))
        .when(report("c2", instance("a", "drifted")))
        .expectEvents(changed("c2", List.of(instance("a", "drifted")), List.of("b")))
        .expectResultMessagePayload(2);
  }

  @Test
  void givenARevokedEndpointWhenItReportsThenThatIsRejected() {
    fixture
        .givenCommands(enroll(), new RevokeEndpoint(ENDPOINT, NOON))
        .when(report("c1", instance("a", "in_sync")))
        .expectNoEvents()
        .expectException(EndpointRejected.class);
  }

  @Test
  void givenARevokedEndpointWhenItsMachineEnrollsAgainThenItIsTheSameEndpoint() {
    fixture
        .givenCommands(enroll(), new RevokeEndpoint(ENDPOINT, NOON), enroll())
        .when(report("c1", instance("a", "in_sync")))
        .expectSuccessfulHandlerExecution();
  }

  private static EnrollEndpoint enroll() {
    return new EnrollEndpoint(
        ENDPOINT, "web-1", "web-1", "machine-1", "linux", "1.0", Map.of(), "token-1", NOON);
  }

  private static ReportJobInstances report(String commit, JobInstance... instances) {
    return new ReportJobInstances(ENDPOINT, NOON, NOON, commit, "cron", List.of(instances));
  }

  private static JobInstancesChanged changed(
      String commit, List<JobInstance> changed, List<String> removed) {
    return new JobInstancesChanged(
        "acme", ENDPOINT.value(), commit, "cron", changed, removed, NOON, NOON);
  }

  private static JobInstance instance(String job, String state) {
    return new JobInstance(
        job, "default", job, "default/" + job + ".yaml", state, List.of("* * * * *"), "UTC", null);
  }
}
