package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.PartitionBlocks;
import dev.godwit.vault.storage.LocalFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same rows give the same blocks: at one job and at eight, in memory that was used before, and
 * with every Java that is here. {@code GODWIT_TEST_JAVA} names the folders of those to be taken,
 * with colons between; else it is whatever lies beside the one that runs. The ids that are expected
 * are kept here too, so that no Java can go its own way unseen; {@code -Dgodwit.regenerate=true}
 * writes them anew, which makes every vault store everything again once.
 */
class SameIdsIT {
  private static final Path EXPECTED =
      Path.of("src/test/resources/dev/godwit/cli/faults/expected-ids.txt");

  /** The C library fills what is allocated with the complement of this byte: with 0xA5. */
  private static final String SOILED = Integer.toString(0x5A);

  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();

  @TempDir Path folder;

  private void fill() {
    server.execute(
        shop,
        """
        create type mood as enum ('calm', 'wild');
        create table kinds (id bigint, small smallint, ratio float8, price numeric(12,2),
          loose numeric, word text, flag boolean, day date, at timestamptz, span interval,
          token uuid, doc jsonb, raw bytea, list int[], grid text[], mood mood);
        insert into kinds select i, i % 7, i / 3.0, i * 0.25,
            case when i % 50 = 0 then 'NaN' else i / 8.0 end,
            case when i % 5 > 0 then repeat(md5(i::text), i % 6) end, i % 3 = 0,
            case when i % 40 = 0 then 'infinity' else date '2026-01-01' + i % 1000 end,
            timestamptz '2026-01-01 00:00:00+00' + i * interval '1 second',
            i * interval '1 hour', md5(i::text)::uuid, jsonb_build_object('n', i),
            decode(md5(i::text), 'hex'), array[i, null, i + 1],
            case when i % 60 = 0 then '{{a,b},{c,d}}' else array['x', i::text] end::text[],
            (case when i % 2 = 0 then 'calm' else 'wild' end)::mood
          from generate_series(1, 40000) i;
        create table pictures (id integer, picture bytea);
        insert into pictures select i, decode(repeat(md5(i::text), i * 300000), 'hex')
          from generate_series(1, 2) i;
        do $$ begin
          for i in 1..12 loop
            execute format('create table part%s (id integer, word text)', i);
            execute format('insert into part%s select j, md5((j * %s)::text)'
              ' from generate_series(1, 3000) j', i, i);
          end loop;
        end $$;
        """);
  }

  @Test
  void theIdsAreTheSameEverywhere() throws Exception {
    fill();
    Map<String, String> seen = new LinkedHashMap<>();
    for (Path java : javas()) {
      seen.put(java + ", 1 job", ids(java, "1", "0"));
      seen.put(java + ", 8 jobs, memory filled with 0xA5", ids(java, "8", SOILED));
    }
    System.out.println("the same ids with: " + String.join("; ", seen.keySet()));
    if (Boolean.getBoolean("godwit.regenerate")) {
      Files.writeString(EXPECTED, seen.values().iterator().next());
    }
    assertThat(seen.values()).hasSizeGreaterThan(1).containsOnly(Files.readString(EXPECTED));
  }

  private static List<Path> javas() throws IOException {
    String given = System.getenv("GODWIT_TEST_JAVA");
    TreeSet<Path> homes = new TreeSet<>();
    Path running = Path.of(System.getProperty("java.home")).toRealPath();
    if (given != null) {
      for (String home : given.split(":", -1)) {
        homes.add(Path.of(home).toRealPath());
      }
    } else {
      homes.add(running);
      try (Stream<Path> beside = Files.list(running.getParent())) {
        for (Path home : beside.toList()) {
          if (Files.isExecutable(home.resolve("bin/java")) && isNewEnough(home)) {
            homes.add(home.toRealPath());
          }
        }
      }
    }
    return List.copyOf(homes);
  }

  private static boolean isNewEnough(Path home) throws IOException {
    Path release = home.resolve("release");
    return Files.isReadable(release)
        && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(1[7-9]|[2-9][0-9])\\b.*");
  }

  private String ids(Path java, String jobs, String soil) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", java.toString());
    environment.put("MALLOC_PERTURB_", soil);
    Path vault = folder.resolve("vault" + jobs + java.getFileName());
    Launched backup =
        Launched.in(
            environment,
            "backup",
            "-q",
            "--init",
            "--jobs",
            jobs,
            server.uri(shop),
            vault.toString());
    assertThat(backup.status()).as("%s: %s", java, backup.printed()).isZero();
    return ids(vault);
  }

  /** A line for each block, in the order of datasets and partitions. */
  private static String ids(Path folder) {
    LocalFolder storage = new LocalFolder(folder);
    List<String> lines = new ArrayList<>();
    try (Vault vault = Vault.open(storage)) {
      Manifest manifest = vault.snapshots().get(0);
      try (ListReader contents =
          ListReader.open(VaultFiles.plain(storage), manifest.contents(), ListKind.CONTENTS)) {
        Optional<ContentsLine> line = contents.next(ContentsLine.class);
        String dataset = "";
        while (line.isPresent()) {
          if (line.get().partition() == null) {
            List<String> name = line.get().dataset().name();
            dataset = name.get(name.size() - 1);
          } else {
            try (PartitionBlocks blocks =
                new PartitionBlocks(VaultFiles.plain(storage), line.get().partition())) {
              for (var block = blocks.next(); block.isPresent(); block = blocks.next()) {
                lines.add(dataset + " " + block.get().id());
              }
            }
          }
          line = contents.next(ContentsLine.class);
        }
      }
    }
    lines.sort(null);
    return String.join("\n", lines) + "\n";
  }
}
