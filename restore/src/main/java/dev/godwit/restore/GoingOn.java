package dev.godwit.restore;

/** What whoever ran a command does about a load of it that did not come to its end. */
public enum GoingOn {
  /** A restore is run again with {@code --resume}. */
  RESUME(
      "what was loaded is kept: --resume goes on with it",
      "--resume goes on with it, where it is of the same snapshot and choice; else, where none is"
          + " at work, "),

  /** The same command goes on by itself. */
  AGAIN(
      "what was loaded is kept: the same command goes on with it",
      "the command that began it goes on with it; else, where none is at work, "),

  /** It starts over: what was read cannot be read again. */
  ANEW(
      "this migration starts over: drop first what it left in the target",
      "a store cannot show the same instant again, so a migration that was killed starts over; with"
          + " --via VAULT it goes on. Where none is at work, ");

  private final String cutShort;
  private final String met;

  GoingOn(String cutShort, String met) {
    this.cutShort = cutShort;
    this.met = met;
  }

  /** What is said where a load was cut short. */
  String cutShort() {
    return cutShort;
  }

  /** What is said where one is met, ahead of how to remove what it left. */
  String met() {
    return met;
  }
}
