package dev.godwit.cli.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the password of a store may come from.
 *
 * @param command that prints it
 * @param file whose first line it is
 * @param variable of the environment that holds it
 */
public record PasswordPlaces(Optional<String> command, Optional<Path> file, String variable) {}
