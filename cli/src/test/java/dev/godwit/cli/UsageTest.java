package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a command line is told in one line and a hint, with exit 2. */
class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bakup x y                            | unknown command 'bakup'       | did you mean 'backup'?
          xyzzy                                | unknown command 'xyzzy'       | see 'godwit --help'
          --verison                            | unknown option '--verison'    | did you mean '--version'?
          list --jsno v                        | unknown option '--jsno'       | did you mean '--json'?
          list v extra                         | unexpected argument 'extra'   | see 'godwit list --help'
          list                                 | missing required parameter    | see 'godwit list --help'
          cat v                                | missing required parameter    | see 'godwit cat --help'
          backup a b --jobs                    | missing required parameter    | see 'godwit backup --help'
          backup a b --jobs 0                  | --jobs 0 is no number         |
          backup a b --json --jobs 0           | --jobs 0 is no number         |
          backup a b --jobs many               | --jobs many is no number      |
          backup a b --where orders            | cannot read --where 'orders'  | write --where
          backup a b --where =1                | cannot read --where '=1'      | write --where
          backup a b --columns orders          | cannot read --columns         | write --columns
          backup a b --include a..b            | cannot read --include         | write a name such as
          restore a b --rename orders          | cannot read --rename          | write --rename
          restore a b --rename a=b --rename a=c| --rename names a twice        | a dataset has one name
          restore a b --rename a.b=c           | must have as many parts       | write the new name as the old one
          backup a b --where o=1 --where o=2   | --where names o twice         | join the conditions
          backup a b --columns o=a --columns o=b | --columns names o twice       | into one list
          backup a b --columns o=a,b,a         | names the column 'a' twice    | leave one of them out
          migrate a b --mask o.c=null --mask o.c=fixed:x | --mask names o.c twice | one mask
          cat v d --limit -1                   | --limit -1 is less than 0     |
          cat v d --limit x                    | is no whole number            | see 'godwit cat --help'
          prune v --keep-last 99999999999      | or one too large              | see 'godwit prune --help'
          check --read-data 5% v               | unexpected argument 'v'       | tied to --read-data with =
          check v --read-data 5%               | unexpected argument '5%'      | tied to --read-data with =
          check --read-data --read-data=5% v   | should be specified only once | see 'godwit check --help'
          check --read-data=5% --read-data v   | should be specified only once | see 'godwit check --help'
          prune v --keep-tag --dry-rum         | unknown option '--dry-rum'    | did you mean '--dry-run'?
          backup a b --tag --xyzzy             | unknown option '--xyzzy'      | tied to --tag with =
          backup a b --tag -x                  | unknown option '-x'           | tied to --tag with =
          backup a b --tag --quiet             | expected parameter for option | see 'godwit backup --help'
          check v more                         | unexpected argument 'more'    | see 'godwit check --help'
          cat v d --format xml                 | invalid value for option      | see 'godwit cat --help'
          cat v d --json --format csv          | exclude each other            |
          list v --passphrase-file f --passphrase-command c | --passphrase-file and --passphrase-command exclude each other | see 'godwit list --help'
          list v --passphrase-file f --identity i | --identity and --passphrase-file exclude each other | see 'godwit list --help'
          check v --passphrase-command c --identity i | --identity and --passphrase-command exclude each other | see 'godwit check --help'
          copy a b --target-identity i --target-passphrase-file f | --target-identity and --target-passphrase-file exclude | see
          key add v --new-passphrase-command c --new-passphrase-file f | --new-passphrase-file and --new-passphrase-command exclude | see
          copy a b --target-passphrase-file f --target-passphrase-command c | --target-passphrase-file and --target-passphrase-command exclude | see
          backup a b --password-command c --password-file f | --password-file and --password-command exclude | see
          migrate a b --source-password-file f --source-password-command c | --source-password-file and --source-password-command exclude | see
          migrate a b --target-password-file f --target-password-command c | --target-password-file and --target-password-command exclude | see
          compare a b --password-file-a f --password-command-a c | --password-file-a and --password-command-a exclude | see
          compare a b --password-file-b f --password-command-b c | --password-file-b and --password-command-b exclude | see
          compare postgresql://h:0/d b | a port is a number from 1 to 65535 | such as
          completion tcsh                      | invalid value for positional  | see 'godwit completion
          help nothing                         | unknown command 'nothing'     | see 'godwit --help'
          """)
  void isToldInOneLine(String line, String message, String hint) {
    Invocation done = Invocation.of(line.strip().split(" +"));

    assertThat(done.status()).isEqualTo(2);
    assertThat(done.out()).isEmpty();
    assertThat(done.errorLines()).hasSize(hint == null ? 1 : 2);
    assertThat(done.errorLines().get(0)).startsWith("godwit: ").contains(message);
    if (hint != null) {
      assertThat(done.errorLines().get(1)).startsWith("hint: ").contains(hint);
    }
  }

  /** West of Greenwich, a condition on a column without its sign: a dash is no option by itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "prune|V|--keep-daily|3|--zone|-05:00",
        "prune|V|--keep-daily|3|--zone=-05:00",
        "backup|S|V|--where|-o=-id > 5",
        "backup|S|V|--tag=--dry-rum",
        "backup|S|V|--tag=-x",
        "cat|V|--|-d"
      })
  void whatBeginsWithADashMayBeAValue(String line, @TempDir Path folder) {
    Invocation done =
        Invocation.of(
            line.replace("V", folder.resolve("none").toString())
                .replace("S", "redis://127.0.0.1:1")
                .split("\\|"));
    assertThat(done.errorLines().get(0)).contains("there is no vault at");
    assertThat(done.errorLines()).hasSizeLessThan(3);
  }

  @Test
  void aloneItShowsItsHelp() {
    Invocation done = Invocation.of();
    assertThat(done.status()).isEqualTo(2);
    assertThat(done.err()).contains("Commands:", "Examples:");
  }

  @Test
  void jobsOfTheEnvironmentAreReadAndTheFlagIsStronger(@TempDir Path folder) {
    Map<String, String> environment = Map.of("GODWIT_JOBS", "none");
    String vault = folder.resolve("none").toString();
    assertThat(Invocation.in(environment, "check", vault).err())
        .contains("GODWIT_JOBS=none is no number");
    assertThat(Invocation.in(environment, "check", vault, "--jobs", "1").status()).isNotEqualTo(2);
  }

  @Test
  void anArgumentThatBeginsWithAnAtSignIsNoFile(@TempDir Path folder) throws Exception {
    Path arguments = Files.writeString(folder.resolve("arguments"), "--version");
    assertThat(Invocation.of("@" + arguments).err()).contains("unknown command '@");
  }

  @Test
  void aPasswordInAnArgumentIsNeverRepeated() {
    String store = "postgresql://me:sesame@127.0.0.1:1/db";
    assertThat(Invocation.of("list", "vault", store, "--debug").err())
        .contains("***")
        .doesNotContain("sesame");
    assertThat(Invocation.of("backup", "bad scheme" + store, "v", "--debug").err())
        .doesNotContain("sesame");
  }
}
