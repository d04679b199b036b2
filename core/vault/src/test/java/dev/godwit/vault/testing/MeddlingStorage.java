package dev.godwit.vault.testing;

import dev.godwit.spi.storage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A storage in whose operations something else happens first. */
public final class MeddlingStorage {
  private MeddlingStorage() {}

  /** Happens ahead of an operation. */
  public interface Meddler {
    /**
     * Something happens.
     *
     * @param operation its name, such as {@code delete}
     * @param path its path; empty where it has none
     */
    void before(String operation, String path) throws Exception;
  }

  /** A storage that is meddled with. */
  public static Storage of(Storage below, Meddler meddler) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              boolean named = arguments != null && arguments[0] instanceof String;
              meddler.before(method.getName(), named ? (String) arguments[0] : "");
              try {
                return method.invoke(below, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
