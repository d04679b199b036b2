package dev.godwit.vault.testing;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A storage whose lists lag: of some folders they show what was there at a moment, and not what
 * came since. Whoever asks for a file by its name finds it.
 */
public final class Lagging {
  private Lagging() {}

  /**
   * The storage, seen late from now on.
   *
   * @param late whether the lists of a path's folder lag
   */
  public static Storage of(Storage below, Predicate<String> late) throws Exception {
    Set<String> known;
    try (Stream<StoredFile> files = below.list("")) {
      known = files.map(StoredFile::path).collect(Collectors.toSet());
    }
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(below, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (!method.getName().equals("list")) {
                return result;
              }
              return ((Stream<?>) result)
                  .filter(
                      file -> {
                        String path = ((StoredFile) file).path();
                        return known.contains(path) || !late.test(path);
                      });
            });
  }
}
