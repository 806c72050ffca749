package io.crontopus.cli.auth;

import io.crontopus.cli.command.Noun;
import picocli.CommandLine.Command;

/** {@code crontopus auth}. */
@Command(
    name = "auth",
    description = "Log in and out, change a password, and what to do about a lost one.",
    subcommands = {
      LogIn.class,
      Join.class,
      LogOut.class,
      WhoAmI.class,
      ListLogins.class,
      UseLogin.class,
      ChangePassword.class,
      ResetPassword.class,
      VerifyEmail.class
    },
    footer = {
      "  crontopus auth login --server https://crontopus.example.org --username alice",
      "  crontopus auth whoami",
      "  crontopus auth logout"
    })
public final class AuthCommand extends Noun {}
