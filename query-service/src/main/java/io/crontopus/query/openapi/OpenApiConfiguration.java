package io.crontopus.query.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.crontopus.identity.Caller;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.util.StringUtils;

/** Describes every controller of the process at {@code /openapi.json}. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/crontopus/query/openapi/springdoc.properties")
public class OpenApiConfiguration {

  private static final String BEARER = "bearer";

  static {
    // comes from the credential, not from the request's parameters
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Crontopus")
                .version("v1")
                .description("What should run, what did run, and on which machines.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme(BEARER)
                        .description("An access token, an API token or an endpoint's token.")))
        .addSecurityItem(new SecurityRequirement().addList(BEARER));
  }

  /** The names of fields, as the API writes them. */
  @Bean
  ModelResolver snakeCase() {
    return new ModelResolver(
        Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
        new SchemaNames());
  }

  /** Names of operations that say what they are about, and stay when others come. */
  @Bean
  OperationCustomizer operationNames() {
    return (operation, method) ->
        operation.operationId(
            StringUtils.uncapitalize(SchemaNames.subject(method.getBeanType()))
                + StringUtils.capitalize(method.getMethod().getName()));
  }

  @Bean
  OpenApiCustomizer conventions() {
    return new Conventions();
  }
}
