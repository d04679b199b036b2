package dev.godwit.vault.audit;

import dev.godwit.vault.file.Layout;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a record: {@code <writer>/<number>-<hash>}. It proves the record's bytes, and by the
 * names alone the newest records of every chain are known.
 *
 * @param writer whose chain it belongs to, 32 hexadecimal digits
 * @param number in that chain, from 1; two processes that write at one moment may take the same
 * @param hash SHA-256 of the record's stored bytes, in hexadecimal digits
 */
public record AuditName(String writer, long number, String hash) implements Comparable<AuditName> {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{32})/([0-9]{10})-([0-9a-f]{64})");
  private static final String END = ".json";
  private static final Comparator<AuditName> ORDER =
      Comparator.comparing(AuditName::writer)
          .thenComparing(AuditName::number)
          .thenComparing(AuditName::hash);

  /** The record that a name names; nothing where it names none. */
  public static Optional<AuditName> parse(String text) {
    Matcher name = NAME.matcher(text);
    return name.matches()
        ? Optional.of(new AuditName(name.group(1), Long.parseLong(name.group(2)), name.group(3)))
        : Optional.empty();
  }

  /** The record at a path; nothing where the path is no record's. */
  public static Optional<AuditName> at(String path) {
    String folder = Layout.AUDIT + '/';
    return path.startsWith(folder) && path.endsWith(END)
        ? parse(path.substring(folder.length(), path.length() - END.length()))
        : Optional.empty();
  }

  /** Where the record lies. */
  public String path() {
    return Layout.AUDIT + '/' + this + END;
  }

  // Written out, as the generated ones are linked at their first use, which takes 20 ms of a start.
  @Override
  public boolean equals(Object other) {
    return other instanceof AuditName that
        && number == that.number
        && writer.equals(that.writer)
        && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public int compareTo(AuditName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s/%010d-%s", writer, number, hash);
  }
}
