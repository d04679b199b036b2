package dev.godwit.cli.manual;

import dev.godwit.spi.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes a command's page of the manual, in the man macros of groff (groff_man(7)). */
final class ManPage {
  private final CommandSpec command;
  private final List<String> lines = new ArrayList<>();

  private ManPage(CommandSpec command) {
    this.command = command;
  }

  /** The page of a command, or of the program itself. */
  static String of(CommandSpec command) {
    return new ManPage(command).write();
  }

  /** The page's name: {@code godwit} or {@code godwit-backup}. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  private String write() {
    lines.add(
        ".TH " + name(command).toUpperCase(Locale.ROOT) + " 1 \"\" \"Godwit\" \"Godwit Manual\"");
    section("NAME");
    String header = String.join(" ", command.usageMessage().header());
    lines.add(text(name(command)) + " \\- " + text(lowerCase(header)));
    section("SYNOPSIS");
    lines.add("\\fB" + text(command.qualifiedName()) + "\\fR " + text(arguments()));
    section("DESCRIPTION");
    paragraphs(command.usageMessage().description());
    if (command.usageMessage().description().length == 0) {
      lines.add(text(header));
    }
    if (!command.subcommands().isEmpty()) {
      section("COMMANDS");
      command.subcommands().values().stream().map(CommandLine::getCommandSpec).forEach(this::entry);
    }
    if (!command.positionalParameters().isEmpty()) {
      section("ARGUMENTS");
      command.positionalParameters().forEach(p -> entry("\\fI" + text(p.paramLabel()) + "\\fR", p));
    }
    section("OPTIONS");
    command.options().forEach(option -> entry(names(option), option));
    if (command.parent() == null) {
      environment();
    }
    exitStatus();
    examples();
    seeAlso();
    return String.join("\n", lines) + "\n";
  }

  private String arguments() {
    StringBuilder synopsis = new StringBuilder("[OPTIONS]");
    if (!command.subcommands().isEmpty()) {
      synopsis.append(" COMMAND");
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      String label = parameter.paramLabel();
      synopsis.append(parameter.required() ? " " + label : " [" + label + "]");
    }
    return synopsis.toString();
  }

  private void section(String title) {
    lines.add(".SH " + title);
  }

  private void paragraphs(String... paragraphs) {
    for (String paragraph : paragraphs) {
      lines.add(".PP");
      lines.add(text(paragraph));
    }
  }

  private void entry(CommandSpec subcommand) {
    lines.add(".TP");
    lines.add("\\fB" + text(name(subcommand)) + "\\fR(1)");
    lines.add(text(String.join(" ", subcommand.usageMessage().header())));
  }

  private void entry(String term, ArgSpec argument) {
    lines.add(".TP");
    lines.add(term);
    for (String line : argument.description()) {
      lines.add(text(line.replace("${COMPLETION-CANDIDATES}", candidates(argument))));
    }
  }

  private static String candidates(ArgSpec argument) {
    List<String> candidates = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(candidates::add);
    }
    return String.join(", ", candidates);
  }

  private static String names(OptionSpec option) {
    String names = "\\fB" + text(String.join(", ", option.names())) + "\\fR";
    String value = "=\\fI" + text(option.paramLabel()) + "\\fR";
    return option.arity().max() == 0
        ? names
        : names + (option.arity().min() == 0 ? "[" + value + "]" : value);
  }

  private void environment() {
    section("ENVIRONMENT");
    term("GODWIT_SOURCE_PASSWORD", "Password of the store that is read.");
    term("GODWIT_TARGET_PASSWORD", "Password of the store that is written.");
    term("GODWIT_VAULT_PASSWORD", "Password of the place of a vault, such as an SFTP server.");
    term("GODWIT_VAULT_IDENTITY", "File with the identity that opens encrypted vaults.");
    term("GODWIT_VAULT_WRITER_KEY", "File with this host's writer key.");
    term("GODWIT_VAULT_PASSPHRASE", "Passphrase of an encrypted vault.");
    term("GODWIT_VAULT_NEW_PASSPHRASE", "Passphrase that 'godwit key add' lets in.");
    term("GODWIT_TARGET_VAULT_IDENTITY", "The same of the vault that 'godwit copy' writes.");
    term("GODWIT_TARGET_VAULT_WRITER_KEY", "The same of the vault that 'godwit copy' writes.");
    term("GODWIT_TARGET_VAULT_PASSPHRASE", "The same of the vault that 'godwit copy' writes.");
    term("GODWIT_MASK_KEY", "Key of the masks, where --mask-key-file is not given.");
    term("GODWIT_JOBS", "Workers, where --jobs is not given.");
    term("GODWIT_DEBUG", "Where it is not empty, the same as --debug.");
    term("GODWIT_JAVA_OPTS", "More options for the JVM, such as -Xmx1g.");
    term("JAVA_HOME", "The Java to be used, 17 or newer.");
    term("NO_COLOR", "Where it is not empty, nothing is coloured.");
    term("COLUMNS", "The width of the screen, where the terminal does not tell it.");
  }

  private void exitStatus() {
    section("EXIT STATUS");
    for (ExitCode code : ExitCode.values()) {
      term(Integer.toString(code.status()), code.meaning());
    }
  }

  private void term(String term, String meaning) {
    lines.add(".TP");
    lines.add("\\fB" + text(term) + "\\fR");
    lines.add(text(meaning));
  }

  private void examples() {
    section("EXAMPLES");
    lines.add(".nf");
    for (String line : command.usageMessage().footer()) {
      lines.add(text(line));
    }
    lines.add(".fi");
  }

  private void seeAlso() {
    section("SEE ALSO");
    CommandSpec root = command.root();
    List<String> others = new ArrayList<>();
    if (command != root) {
      others.add(name(root));
    }
    root.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(other -> other != command)
        .forEach(other -> others.add(name(other)));
    lines.add(String.join(",\n", others.stream().map(o -> "\\fB" + text(o) + "\\fR(1)").toList()));
  }

  private static String lowerCase(String header) {
    String sentence = header.endsWith(".") ? header.substring(0, header.length() - 1) : header;
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  /** A line that begins with a dot or an apostrophe would be a macro. */
  private static String text(String plain) {
    String escaped = plain.replace("%n", "").replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
