package dev.godwit.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.store.StoreUri.HostPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUriTest {
  @Test
  void readsEveryPart() {
    StoreUri uri =
        StoreUri.parse("PostgreSQL://ann:s%40fe+@db.example:5433/shop?sslmode=require&a=");
    assertThat(uri.scheme()).isEqualTo("postgresql");
    assertThat(uri.user()).contains("ann");
    assertThat(uri.password().map(Secret::reveal)).contains("s@fe+");
    assertThat(uri.hosts()).containsExactly(new HostPort("db.example", 5433));
    assertThat(uri.path()).isEqualTo("shop");
    assertThat(uri.query())
        .containsExactly(java.util.Map.entry("sslmode", "require"), java.util.Map.entry("a", ""));
    assertThat(uri.display()).isEqualTo("postgresql://ann@db.example:5433/shop");
  }

  @Test
  void readsAddressesOfBothKinds() {
    assertThat(StoreUri.parse("mongodb://[::1]:27018,[fe80::2],10.0.0.3:1/").hosts())
        .isEqualTo(
            List.of(
                new HostPort("::1", 27018),
                new HostPort("fe80::2", 0),
                new HostPort("10.0.0.3", 1)));
    assertThat(StoreUri.parse("mongodb://u:p@[::1]:27018,[fe80::2]/x").display())
        .isEqualTo("mongodb://u@[::1]:27018,[fe80::2]/x");
    assertThat(new HostPort("h", 0).portOr(5432)).isEqualTo(5432);
    assertThat(new HostPort("h", 1).portOr(5432)).isEqualTo(1);
  }

  @Test
  void readsSocketsAndFiles() {
    StoreUri socket = StoreUri.parse("postgresql:///shop?host=/run/postgresql");
    assertThat(socket.hosts()).isEmpty();
    assertThat(socket.user()).isEmpty();
    assertThat(socket.path()).isEqualTo("shop");
    assertThat(socket.query()).containsEntry("host", "/run/postgresql");
    StoreUri file = StoreUri.parse("sqlite:/tmp/a%20b.db?mode=ro");
    assertThat(file.path()).isEqualTo("/tmp/a b.db");
    assertThat(file.query()).containsEntry("mode", "ro");
    assertThat(file.display()).isEqualTo("sqlite:/tmp/a b.db");
    assertThat(StoreUri.parse("postgresql://host").path()).isEmpty();
  }

  @Test
  void whatIsShownReadsBackAsTheSameStore() {
    for (String text :
        List.of(
            "postgresql://host/db",
            "postgresql://a%40b%20c@host:1/db",
            "mongodb://h1:1,h2:2/x",
            "sqlite:file.db")) {
      StoreUri uri = StoreUri.parse(text);
      assertThat(StoreUri.parse(uri.display())).isEqualTo(uri);
    }
  }

  @Test
  void neverShowsThePassword() {
    StoreUri uri = StoreUri.parse("mysql://root:hunter2@host/db?password=hunter2");
    assertThat(uri.toString()).doesNotContain("hunter2");
    assertThat(uri.password().toString()).doesNotContain("hunter2");
    assertThat(new StoreAddress(uri, null, PasswordSource.of(Secret.of("hunter2"))).toString())
        .doesNotContain("hunter2");
  }

  @Test
  void aBlankOfAPasswordIsWrittenEncoded() {
    assertThatThrownBy(() -> StoreUri.parse("postgresql://ann:hun ter@host/db"))
        .hasMessageContaining("write a blank as %20");
    assertThat(StoreUri.parse("postgresql://ann:hun%20ter@host/a b").password().get().reveal())
        .isEqualTo("hun ter");
  }

  @Test
  void anOptionHasOneValue() {
    assertThatThrownBy(
            () -> StoreUri.parse("postgresql://h/db?sslmode=disable&a=b&sslmode=require"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the option 'sslmode' is given twice, with different values");
    assertThat(StoreUri.parse("postgresql://h/db?roles=true&roles=true").query())
        .containsExactly(Map.entry("roles", "true"));
  }

  /** A password with a character that should have been encoded ends up in the wrong place. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ann:hunter/2@host/db",
        "postgresql://ann:hunter?2@host/db",
        "postgresql://ann:12/hunter@host/db",
        "postgresql://ann:12?hunter@host/db",
        "postgresql://ann:hun%ter@host/db",
        "postgresql://ann:1?hun=ter@host/db",
        "postgresql://ann:1?hun=ter&hun=t@host/db",
        "postgresql://ann:hunter@host:hunter/db",
        "postgresql://ann:hunter@[::1/db",
        "postgresql://ann:hun ter@host/db",
        "postgresql://ann: hun@host/db",
        "postgresql://ann:hun\tter@host/db",
        "postgresql://ann:hunter\n@host/db",
        "postgresql://ann:hun ter/2@host/db",
        "hunter",
        "",
        ":hunter",
        "postgresql://host:65536/db",
        "postgresql://host:0/db",
        "postgresql://host:00000/db",
        "postgresql://::1/db",
        "postgresql://a,,b/db",
      })
  void refusesWhatIsNoAddressWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> StoreUri.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("hun"));
  }
}
