package dev.godwit.cli.screen;

import java.util.regex.Pattern;

/**
 * The last guard: takes passwords of URIs and secret identities out of any text before it reaches a
 * screen, a log or a file. Secrets are redacted by type wherever Godwit handles them; this is for
 * what it only repeats, such as an argument that was not understood.
 */
public final class Redaction {
  // A password may hold quotes and blanks, as the text around it may: rather too much is taken.
  private static final Pattern LOGIN = Pattern.compile("(://[^:/\\s'\"]*):(?:\\S*|[^/\\v]*)@");
  private static final Pattern OPTION =
      Pattern.compile("(?i)([?&;](?:[a-z]*password|[a-z]*secret|token)=)(?:[^&\\s]*[^&\\s'\"])?");

  private static final Pattern IDENTITY = Pattern.compile("(?i)(godwit-secret1)[0-9a-z]*");

  private Redaction() {}

  /** The text without passwords, and without identities of vaults. */
  public static String of(String text) {
    String plain = OPTION.matcher(LOGIN.matcher(text).replaceAll("$1:***@")).replaceAll("$1***");
    return IDENTITY.matcher(plain).replaceAll("$1***");
  }
}
