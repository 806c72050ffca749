package io.crontopus.endpoint;

import io.crontopus.endpoint.commands.EnrollEndpoint;
import io.crontopus.endpoint.commands.ObserveLife;
import io.crontopus.endpoint.commands.ObserveSilence;
import io.crontopus.endpoint.commands.ReportJobInstances;
import io.crontopus.endpoint.commands.RevokeEndpoint;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;

/** Hands commands to the endpoint they are for; one that is revoked loses its credentials too. */
public class EndpointHandler {

  private final Repository<Endpoint> endpoints;
  private final EndpointCredentials credentials;

  public EndpointHandler(Repository<Endpoint> endpoints, EndpointCredentials credentials) {
    this.endpoints = endpoints;
    this.credentials = credentials;
  }

  @CommandHandler
  void handle(EnrollEndpoint command) throws Exception {
    endpoints
        .loadOrCreate(command.endpoint().toString(), Endpoint::create)
        .execute(endpoint -> endpoint.enroll(command));
  }

  @CommandHandler
  void handle(RevokeEndpoint command) {
    load(command.endpoint()).execute(endpoint -> endpoint.revoke(command.endpoint(), command.at()));
    credentials.revoke(command.endpoint());
  }

  @CommandHandler
  int handle(ReportJobInstances command) {
    return load(command.endpoint()).invoke(endpoint -> endpoint.report(command));
  }

  @CommandHandler
  void handle(ObserveLife command) {
    load(command.endpoint()).execute(endpoint -> endpoint.alive(command));
  }

  @CommandHandler
  void handle(ObserveSilence command) {
    load(command.endpoint()).execute(endpoint -> endpoint.silent(command));
  }

  private Aggregate<Endpoint> load(EndpointId endpoint) {
    try {
      return endpoints.load(endpoint.toString());
    } catch (AggregateNotFoundException e) {
      throw new EndpointRejected(endpoint);
    }
  }
}
