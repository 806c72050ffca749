package io.crontopus.query;

import io.crontopus.query.audit.AuditApiConfiguration;
import io.crontopus.query.database.FeedQueries;
import io.crontopus.query.database.ReadModelPool;
import io.crontopus.query.database.ReadModelSettings;
import io.crontopus.query.database.TenantQueries;
import io.crontopus.query.endpoint.EndpointController;
import io.crontopus.query.endpoint.Endpoints;
import io.crontopus.query.endpoint.PastEndpoints;
import io.crontopus.query.git.CommitController;
import io.crontopus.query.git.Commits;
import io.crontopus.query.instance.Instances;
import io.crontopus.query.instance.PastInstances;
import io.crontopus.query.job.JobController;
import io.crontopus.query.job.Jobs;
import io.crontopus.query.job.PastJobs;
import io.crontopus.query.live.ChangeFeed;
import io.crontopus.query.live.ChangeTail;
import io.crontopus.query.live.LiveHub;
import io.crontopus.query.live.ResourceReader;
import io.crontopus.query.live.StreamController;
import io.crontopus.query.live.Topic;
import io.crontopus.query.manifest.ManifestController;
import io.crontopus.query.openapi.OpenApiConfiguration;
import io.crontopus.query.past.Past;
import io.crontopus.query.run.RunController;
import io.crontopus.query.run.Runs;
import io.crontopus.query.statistics.Statistics;
import io.crontopus.query.statistics.StatisticsController;
import io.crontopus.web.WebConfiguration;
import io.crontopus.web.stream.OpenStreams;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/**
 * Wires the read side. The pool of connections is no {@code ConnectionFactory} bean, because the
 * write side's transactions are JDBC's, and must not get a rival.
 */
@Configuration(proxyBeanMethods = false)
@Import({WebConfiguration.class, OpenApiConfiguration.class, AuditApiConfiguration.class})
public class QueryServiceConfiguration {

  @Bean(destroyMethod = "close")
  ReadModelPool readModelPool(
      @Value("${crontopus.database.url}") String url,
      @Value("${crontopus.database.username:}") String username,
      @Value("${crontopus.database.password:}") String password,
      @Value("${crontopus.query.pool-size:10}") int size) {
    return new ReadModelPool(ReadModelSettings.of(url, username, password), size);
  }

  @Bean
  TenantQueries tenantQueries(ReadModelPool pool) {
    return new TenantQueries(pool);
  }

  @Bean
  Runs runs(TenantQueries queries) {
    return new Runs(queries);
  }

  @Bean
  Endpoints endpoints(TenantQueries queries) {
    return new Endpoints(queries);
  }

  @Bean
  Instances instances(TenantQueries queries, Clock clock) {
    return new Instances(queries, clock);
  }

  @Bean
  Jobs jobs(TenantQueries queries, Clock clock) {
    return new Jobs(queries, clock);
  }

  @Bean
  RunController runController(Runs runs) {
    return new RunController(runs);
  }

  @Bean
  StatisticsController statisticsController(TenantQueries queries, Clock clock) {
    return new StatisticsController(new Statistics(queries), clock);
  }

  @Bean
  Past past(TenantQueries queries, Clock clock) {
    return new Past(queries, clock);
  }

  @Bean
  EndpointController endpointController(
      Endpoints endpoints, Instances instances, TenantQueries queries, Past past) {
    return new EndpointController(
        endpoints, new PastEndpoints(queries), instances, new PastInstances(queries), past);
  }

  @Bean
  JobController jobController(Jobs jobs, Instances instances, TenantQueries queries, Past past) {
    return new JobController(
        jobs, new PastJobs(queries), instances, new PastInstances(queries), past);
  }

  @Bean
  CommitController commitController(TenantQueries queries) {
    return new CommitController(new Commits(queries));
  }

  @Bean(destroyMethod = "close")
  ManifestController manifestController() {
    return new ManifestController();
  }

  @Bean
  ChangeFeed liveChangeFeed(ReadModelPool pool) {
    return new ChangeFeed(new FeedQueries(pool));
  }

  @Bean(destroyMethod = "close")
  LiveHub liveHub(
      ChangeFeed feed,
      Runs runs,
      Endpoints endpoints,
      Jobs jobs,
      JsonMapper json,
      @Value("${crontopus.query.stream-buffer:1000}") int buffer) {
    Map<Topic, ResourceReader.ByIds> readers =
        Map.of(Topic.RUNS, runs::byId, Topic.ENDPOINTS, endpoints::byId, Topic.JOBS, jobs::byId);
    return new LiveHub(feed, new ResourceReader(json, readers), buffer);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  ChangeTail changeTail(ChangeFeed feed, LiveHub hub, Clock clock) {
    return new ChangeTail(feed, hub, clock);
  }

  @Bean
  StreamController streamController(LiveHub hub, OpenStreams open) {
    return new StreamController(hub, open);
  }
}
