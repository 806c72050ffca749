package io.crontopus.query.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.math.BigDecimal;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** What holds for all operations: problem documents, pages, times. */
final class Conventions implements OpenApiCustomizer {

  private static final String PROBLEM = "Problem";
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000);

  @Override
  public void customise(OpenAPI api) {
    Components components = api.getComponents();
    components.addSchemas(PROBLEM, problem());
    if (api.getPaths() != null) {
      api.getPaths().values().forEach(path -> path.readOperations().forEach(Conventions::complete));
    }
  }

  private static void complete(Operation operation) {
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(Conventions::complete);
    }
    if (operation.getResponses() == null) {
      operation.setResponses(new ApiResponses());
    }
    operation
        .getResponses()
        .addApiResponse(
            "default",
            new ApiResponse()
                .description("A problem document (RFC 9457).")
                .content(
                    new Content()
                        .addMediaType(
                            org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
  }

  private static void complete(Parameter parameter) {
    switch (parameter.getName()) {
      case "limit" -> {
        parameter.setSchema(new IntegerSchema().minimum(BigDecimal.ONE).maximum(MOST));
        parameter.setDescription("How many at most; 100 when it is not given.");
      }
      case "cursor" -> parameter.setDescription("The page before's next_cursor.");
      case "as_of" -> {
        parameter.setSchema(new StringSchema().format("date-time"));
        parameter.setDescription(
            "Answer as of this time. The header Crontopus-As-Of says what was answered for.");
      }
      case "from", "to" -> parameter.setSchema(new StringSchema().format("date-time"));
      default -> {
        // says what it is by itself
      }
    }
  }

  private static Schema<?> problem() {
    Schema<?> error =
        new ObjectSchema()
            .addProperty("pointer", new StringSchema())
            .addProperty("detail", new StringSchema());
    return new ObjectSchema()
        .addProperty("type", new StringSchema().format("uri"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("code", new StringSchema())
        .addProperty("trace_id", new StringSchema())
        .addProperty("errors", new ArraySchema().items(error));
  }
}
