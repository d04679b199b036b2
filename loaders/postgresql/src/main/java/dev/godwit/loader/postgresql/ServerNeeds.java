package dev.godwit.loader.postgresql;

import dev.godwit.spi.load.Loader.Obstacle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a server must have, whatever the database: roles, and extensions that it can install. */
final class ServerNeeds {
  private ServerNeeds() {}

  /**
   * What of it is missing.
   *
   * @param roles arrays of roles that definitions name, in PostgreSQL's notation
   * @param owners those of them that things are given to
   * @param extensions names
   */
  static List<Obstacle> lacking(
      TargetState state,
      Collection<String> roles,
      Collection<String> owners,
      Collection<String> extensions)
      throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    for (String extension : state.notOffered(extensions)) {
      obstacles.add(
          new Obstacle(
              "extension " + extension + " is needed, and the server does not offer it",
              "install its files on the server"));
    }
    for (String role : state.missingRoles(roles)) {
      obstacles.add(
          new Obstacle(
              "role " + role + " is needed and not carried",
              "create it in the server, or leave owners and grants out with --no-owner and"
                  + " --no-privileges"));
    }
    for (String role : state.rolesOfOthers(owners)) {
      obstacles.add(
          new Obstacle(
              "user " + state.user() + " may not give anything to role " + role,
              "grant that role to the user, or leave owners out with --no-owner"));
    }
    return obstacles;
  }
}
