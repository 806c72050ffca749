package io.crontopus.command.sso;

/** Has a platform forget the sign-ins that are over, which it does every minute by itself. */
public final class SweepNow {

  /** The part of a platform that does it. */
  public static final Class<?> PART = AttemptSweep.class;

  private SweepNow() {}

  public static void with(Object part) {
    ((AttemptSweep) part).sweep();
  }
}
