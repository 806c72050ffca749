package io.crontopus.cli.output;

/** Colours by what a status means; none when nobody would see them. */
public enum Palette {
  PLAIN {
    @Override
    public String paint(String text, String status) {
      return text;
    }

    @Override
    public String strong(String text) {
      return text;
    }
  },
  ANSI {
    @Override
    public String paint(String text, String status) {
      int colour =
          switch (status) {
            case "success", "up", "online", "in_sync", "active" -> GREEN;
            case "failure", "timeout", "down", "error", "offline" -> RED;
            case "missed", "late", "silent", "drifted", "cancelled", "paused", "expired" -> YELLOW;
            case "running", "new" -> CYAN;
            case "revoked", "log", "disabled", "used up" -> GREY;
            default -> NONE;
          };
      return colour == NONE ? text : "\u001b[" + colour + "m" + text + "\u001b[0m";
    }

    @Override
    public String strong(String text) {
      return "\u001b[1m" + text + "\u001b[0m";
    }
  };

  private static final int NONE = 0;
  private static final int RED = 31;
  private static final int GREEN = 32;
  private static final int YELLOW = 33;
  private static final int CYAN = 36;
  private static final int GREY = 90;

  /** The text in the colour of a status; the text itself must be safe already. */
  public abstract String paint(String text, String status);

  /** A heading. */
  public abstract String strong(String text);
}
