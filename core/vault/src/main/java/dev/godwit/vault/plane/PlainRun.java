package dev.godwit.vault.plane;

/** A run into a vault that is not encrypted: nothing is sealed. */
public record PlainRun(VaultFiles files) implements VaultRun {
  @Override
  public String inTheOpen(String what, String whose) {
    return what + " of " + whose;
  }
}
