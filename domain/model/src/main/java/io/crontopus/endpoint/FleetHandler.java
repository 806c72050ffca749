package io.crontopus.endpoint;

import io.crontopus.endpoint.commands.ObserveFleetBack;
import io.crontopus.endpoint.commands.ObserveQuietFleet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** Hands commands to the fleet they are for. */
public class FleetHandler {

  private final Repository<Fleet> fleets;

  public FleetHandler(Repository<Fleet> fleets) {
    this.fleets = fleets;
  }

  @CommandHandler
  void handle(ObserveQuietFleet command) throws Exception {
    fleets
        .loadOrCreate(Fleet.id(command.tenantId()), Fleet::create)
        .execute(fleet -> fleet.quiet(command));
  }

  @CommandHandler
  void handle(ObserveFleetBack command) {
    fleets
        .load(Fleet.id(command.tenantId()))
        .execute(fleet -> fleet.back(command.tenantId(), command.seenAt()));
  }
}
