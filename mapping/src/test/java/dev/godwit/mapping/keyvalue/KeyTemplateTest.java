package dev.godwit.mapping.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates of keys, and what keeps the keys of two from being the same. */
class KeyTemplateTest {
  @Test
  void readsTextColumnsAndBraces() {
    KeyTemplate template = KeyTemplate.parse("a{{b}}:{id}/{sub part}!");
    assertThat(template.literals()).containsExactly("a{b}:", "/", "!");
    assertThat(template.columns()).containsExactly("id", "sub part");
    assertThat(template).hasToString("a{{b}}:{id}/{sub part}!");
    assertThat(KeyTemplate.parse(template.toString())).isEqualTo(template);
  }

  @Test
  void hasADefaultOfTheKey() {
    assertThat(KeyTemplate.byDefault("orders", List.of("region", "number")))
        .hasToString("orders:{region}:{number}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "customer|names no column",
        "{a}{b}|nothing stands between a and b",
        "{a}:{a}|names a twice",
        "x:{}|nothing stands between its braces",
        "x:{a|a brace is left open",
        "x}:{a}|a closing brace stands alone",
      })
  void refusesWhatMakesNoKey(String text, String why) {
    assertThatThrownBy(() -> KeyTemplate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "a:{x},b:{x},true",
    "a:{x},a:{y},false",
    "a:{x},a:b:{x},false",
    "a:{x}:p,a:{x}:q,true",
    "a:{x}:p,a:{x},false",
    "a:{x}:p,a:{x}:b:p,false",
    "{x},a:{x},false",
    "orders:{x},orders_old:{x},true",
  })
  void tellsWhetherTwoCouldMakeTheSameKey(String one, String other, boolean disjoint) {
    KeyTemplate first = KeyTemplate.parse(one);
    KeyTemplate second = KeyTemplate.parse(other);
    assertThat(first.disjoint(second)).isEqualTo(disjoint);
    assertThat(second.disjoint(first)).isEqualTo(disjoint);
  }

  @ParameterizedTest
  @CsvSource({
    "a:{x},a:1,true",
    "a:{x},a:,true",
    "a:{x},b:1,false",
    "a:{x}:{y}!,a:1:2!,true",
    "a:{x}:{y}!,a:1!,false",
    "a:{x}:{y}!,a:1:2,false",
    "a:{x}:a,a:a,false",
  })
  void knowsItsOwnKeys(String template, String key, boolean own) {
    assertThat(KeyTemplate.parse(template).couldMake(key.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(own);
  }
}
