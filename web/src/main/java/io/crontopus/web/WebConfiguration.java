package io.crontopus.web;

import io.crontopus.identity.AccessTokens;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Authenticator;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.EnrollmentTokenStore;
import io.crontopus.identity.OperatorTokens;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.SigningKeys;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.UserStore;
import io.crontopus.identity.tenant.SuspendedTenants;
import io.crontopus.web.edge.EdgeConfiguration;
import io.crontopus.web.limit.BadCredentials;
import io.crontopus.web.limit.LimitConfiguration;
import io.crontopus.web.stream.OpenStreams;
import io.crontopus.web.usage.UsageCounters;
import io.crontopus.web.usage.UsageFilter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The HTTP edge that both services share. Needs a {@link DataSource} with the schema {@code
 * identity}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsSettings.class)
@Import({EdgeConfiguration.class, LimitConfiguration.class})
public class WebConfiguration {

  /** How many database look-ups of the edge may run at once, and how many may wait. */
  private static final int LOOK_UPS = 8;

  private static final int WAITING_LOOK_UPS = 4_096;
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  TenantDatabase tenantDatabase(DataSource dataSource) {
    return new TenantDatabase(dataSource);
  }

  @Bean
  UserStore userStore(TenantDatabase database) {
    return new UserStore(database);
  }

  @Bean
  ApiTokenStore apiTokenStore(TenantDatabase database) {
    return new ApiTokenStore(database);
  }

  @Bean
  EndpointTokenStore endpointTokenStore(TenantDatabase database) {
    return new EndpointTokenStore(database);
  }

  @Bean
  EnrollmentTokenStore enrollmentTokenStore(TenantDatabase database) {
    return new EnrollmentTokenStore(database);
  }

  @Bean
  OperatorTokens operatorTokens(@Value("${crontopus.operator.token-file:}") String file) {
    return file.isBlank() ? OperatorTokens.NONE : OperatorTokens.in(Path.of(file));
  }

  @Bean
  SigningKeys signingKeys(DataSource dataSource, Clock clock) {
    return new SigningKeys(JdbcClient.create(dataSource), clock);
  }

  @Bean
  SessionStore sessionStore(TenantDatabase database) {
    return new SessionStore(database);
  }

  @Bean
  AccessTokens accessTokens(SigningKeys keys, SessionStore sessions, Clock clock) {
    return new AccessTokens(keys, sessions, clock);
  }

  @Bean
  Authenticator authenticator(
      AccessTokens accessTokens,
      ApiTokenStore apiTokens,
      EndpointTokenStore endpointTokens,
      EnrollmentTokenStore enrollmentTokens,
      OperatorTokens operatorTokens,
      Clock clock) {
    return new Authenticator(
        accessTokens, apiTokens, endpointTokens, enrollmentTokens, operatorTokens, clock);
  }

  @Bean(destroyMethod = "close")
  BlockingWork blockingWork() {
    return new BlockingWork(LOOK_UPS, WAITING_LOOK_UPS);
  }

  @Bean(destroyMethod = "close")
  OpenStreams openStreams(
      Authenticator authenticator, SuspendedTenants suspended, BlockingWork blocking) {
    OpenStreams streams = OpenStreams.start(authenticator, blocking);
    suspended.watch(streams::endAllOf);
    return streams;
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  TraceFilter traceFilter() {
    return new TraceFilter();
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 2)
  AuthenticationFilter authenticationFilter(
      Authenticator authenticator,
      SuspendedTenants suspended,
      BlockingWork blocking,
      BadCredentials bad) {
    return new AuthenticationFilter(authenticator, suspended, blocking, bad);
  }

  @Bean(destroyMethod = "close")
  SuspendedTenants suspendedTenants(DataSource dataSource) {
    return SuspendedTenants.start(JdbcClient.create(dataSource));
  }

  @Bean
  UsageCounters usageCounters() {
    return new UsageCounters();
  }

  /** Behind the limits: what was turned away is not used. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 5)
  UsageFilter usageFilter(UsageCounters usage) {
    return new UsageFilter(usage);
  }

  @Bean
  PrometheusMeterRegistry metrics() {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new ClassLoaderMetrics().bindTo(metrics);
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
    return metrics;
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 3)
  RequestMetricsFilter requestMetricsFilter(PrometheusMeterRegistry metrics) {
    return new RequestMetricsFilter(metrics);
  }

  @Bean
  HealthCheck databaseHealth(DataSource dataSource) {
    return new DatabaseHealth(dataSource);
  }

  @Bean
  OperationsController operationsController(
      PrometheusMeterRegistry metrics,
      MetricsSettings settings,
      List<HealthCheck> checks,
      ObjectProvider<OptionalPart> parts,
      BlockingWork blocking) {
    return new OperationsController(
        metrics, new MetricsAccess(settings), checks, parts.orderedStream().toList(), blocking);
  }

  @Bean
  @Order(-2)
  ProblemHandler problemHandler(JsonMapper json) {
    return new ProblemHandler(json);
  }

  @Bean
  JsonMapperBuilderCustomizer apiJson() {
    return json ->
        json.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule("times").addSerializer(Instant.class, new Milliseconds()));
  }

  @Bean
  WebFluxConfigurer edge(JsonMapper json, List<QuickJson<?>> quickly) {
    return new WebFluxConfigurer() {
      @Override
      public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(new CallerArgumentResolver());
      }

      @Override
      public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
        configurer.defaultCodecs().maxInMemorySize(MAX_BODY_BYTES);
        TolerantJsonDecoder decoder = new TolerantJsonDecoder(json, quickly);
        decoder.setMaxInMemorySize(MAX_BODY_BYTES);
        configurer.defaultCodecs().jacksonJsonDecoder(decoder);
      }
    };
  }

  /** RFC 3339 in UTC, always with three digits of a second's fraction. */
  private static final class Milliseconds extends StdSerializer<Instant> {

    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    Milliseconds() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context)
        throws JacksonException {
      out.writeString(FORMAT.format(value));
    }
  }
}
