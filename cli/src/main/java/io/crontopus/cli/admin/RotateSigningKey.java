package io.crontopus.cli.admin;

import io.crontopus.cli.command.Confirmation;
import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.command.Reason;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code crontopus admin signing-keys rotate}. */
@Command(
    name = "rotate",
    description = {
      "Sign access tokens with a new key from now on.",
      "Tokens that former keys have signed stay valid until they expire; with --at-once, for a key that was"
          + " stolen, none of them does."
    },
    footer = {
      "  crontopus admin signing-keys rotate --reason 'a colleague has left'",
      "  crontopus admin signing-keys rotate --reason 'laptop stolen' --at-once --yes"
    })
public final class RotateSigningKey extends OnlineCommand {
  @Mixin private final Reason reason = new Reason();
  @Mixin private final Confirmation confirmation = new Confirmation();

  @Option(
      names = "--at-once",
      description = "Refuse all access tokens that former keys have signed.")
  private boolean isAtOnce;

  public RotateSigningKey(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    if (isAtOnce) {
      confirmation.require(
          "Refuse all access tokens of now? Who is logged in gets another by itself.",
          surroundings());
    }
    JsonNode rotated = api().post("/admin/signing-keys", reason.request().put("at_once", isAtOnce));
    printer()
        .one(
            rotated,
            () ->
                surroundings()
                    .say(
                        SafeText.line(
                            "Access tokens are signed with key "
                                + new Row(rotated).text("key_id")
                                + " from now on.")));
    return ExitCode.OK;
  }
}
