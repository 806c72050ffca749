package io.crontopus.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.eventstore.SchemaMigration;
import io.crontopus.identity.ApiToken;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.Scope;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.TenantDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The read side on a real database and a real server; one for all tests of a JVM. */
public final class Platform {

  private static final class Holder {
    private static final Platform INSTANCE = start();
  }

  private final EmbeddedPostgres postgres;
  private final HikariDataSource dataSource;
  private final ConfigurableApplicationContext application;
  private final JdbcClient jdbc;

  private Platform(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    config.setSchema("read_model");
    dataSource = new HikariDataSource(config);
    List.of("identity", "event_store", "read_model")
        .forEach(schema -> SchemaMigration.migrate(dataSource, schema));
    jdbc = JdbcClient.create(dataSource);
    application = node();
  }

  /** The platform, started when it is first asked for. */
  public static Platform get() {
    return Holder.INSTANCE;
  }

  /** Another node on the same database. */
  public ConfigurableApplicationContext node(String... settings) {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.REACTIVE)
        .initializers(
            context ->
                context
                    .getBeanFactory()
                    .registerSingleton("dataSource", new DelegatingDataSource(dataSource)))
        .properties(
            "server.port=0",
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "logging.level.root=warn",
            "crontopus.database.url=" + postgres.getJdbcUrl("postgres", "postgres"),
            "crontopus.database.username=postgres")
        .properties(settings)
        .run();
  }

  /** A bean of the application. */
  public <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  /** The port of the first node. */
  public int port() {
    return port(application);
  }

  /** The port of a node. */
  public static int port(ConfigurableApplicationContext node) {
    return Integer.parseInt(node.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** The database, without limits. */
  public JdbcClient jdbc() {
    return jdbc;
  }

  /** The database, without limits. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** The database's URL. */
  public String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  /** A tenant of its own for each test, so that they need no cleaning up. */
  public String newTenant() {
    String tenant = "t-" + UUID.randomUUID();
    jdbc.sql("INSERT INTO identity.tenant VALUES (?, now())").param(tenant).update();
    jdbc.sql(
            """
            INSERT INTO identity.app_user (user_id, tenant_id, username, email, password_hash, role, created_at)
            VALUES (?, ?, ?, ?, '', 'owner', now())
            """)
        .params("u-" + tenant, tenant, tenant, tenant + "@example.org")
        .update();
    return tenant;
  }

  /** An API token of the tenant that may do this, or everything when nothing is named. */
  public String token(String tenant, Scope... scopes) {
    String secret = SecretToken.issue(SecretToken.Kind.API);
    List<String> names =
        scopes.length == 0 ? Scope.names() : Arrays.stream(scopes).map(Scope::wireName).toList();
    new ApiTokenStore(new TenantDatabase(dataSource))
        .add(
            new ApiToken(
                UUID.randomUUID().toString(),
                tenant,
                "u-" + tenant,
                "test",
                SecretToken.shown(secret),
                names,
                Instant.now(),
                null,
                null,
                null),
            secret);
    return secret;
  }

  /** The token of an endpoint. */
  public String endpointToken(String tenant, String endpointId) {
    String secret = SecretToken.issue(SecretToken.Kind.ENDPOINT);
    new EndpointTokenStore(new TenantDatabase(dataSource))
        .replace(new EndpointTokenStore.Owner(tenant, endpointId), secret, Instant.now());
    return secret;
  }

  private static Platform start() {
    try {
      return new Platform(EmbeddedPostgres.builder().start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The application under test. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(QueryServiceConfiguration.class)
  static class Application {

    @Bean
    RecordedReads recordedReads() {
      return new RecordedReads();
    }

    /** Not the JVM's, which a node that stops would take away from the others. */
    @Bean
    ReactorResourceFactory reactorResources() {
      ReactorResourceFactory resources = new ReactorResourceFactory();
      resources.setUseGlobalResources(false);
      return resources;
    }
  }
}
